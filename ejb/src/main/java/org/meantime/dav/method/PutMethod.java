package org.meantime.dav.method;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.MediaTypes;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.QuotaReporting;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Upload;

/**
 * PUT: receives the content out of sight, then puts it in place in one step. What is refused is
 * refused before the content is read.
 */
final class PutMethod implements Method<PutRequest> {
  private final Store store;
  private final Prologue prologue;

  PutMethod(Store store, Prologue prologue) {
    this.store = store;
    this.prologue = prologue;
  }

  @Override
  public void process(PutRequest request, Operation operation) {
    check(request);
    requireRoom(request);
    operation.expect(1);
    operation.holdAcceptance();
    try (Upload upload = receive(request, operation)) {
      operation.acceptable();
      boolean created = prologue.change(operation, () -> put(request, upload, operation));
      operation.send(created ? Status.CREATED : Status.NO_CONTENT);
    }
  }

  /** What cannot be kept is refused before it is sent. */
  private void requireRoom(PutRequest request) {
    if (request.mayTakeLong()
        && store instanceof QuotaReporting quotas
        && request.length() > quotas.quota(request.head().target().parent()).availableBytes()) {
      throw new DavException(
          Status.INSUFFICIENT_STORAGE, Precondition.SUFFICIENT_DISK_SPACE, List.of());
    }
  }

  private Upload receive(PutRequest request, Operation operation) {
    try (InputStream body = new WholeBody(request.body().open(), request.length(), operation)) {
      return store.receive(body, operation);
    } catch (IOException e) {
      // RFC 9112 §8: a message that ends early is incomplete, and nothing was changed
      throw new DavException(Status.BAD_REQUEST, "the content ended early");
    }
  }

  private boolean put(PutRequest request, Upload upload, Operation operation) {
    boolean created = check(request).isEmpty();
    String creator = request.head().caller().name();
    store.put(
        request.head().target(),
        upload,
        new DocumentInfo(
            MediaTypes.kept(request.contentType()),
            MediaTypes.keptLanguages(request.contentLanguage()),
            creator));
    MtimeField.accept(store, request.head().target(), request.modified(), operation);
    operation.member(request.head().target());
    Conditionals.entityTag(store.find(request.head().target()))
        .ifPresent(tag -> operation.header("ETag", tag.toString()));
    return created;
  }

  private Optional<Resource> check(PutRequest request) {
    Optional<Resource> target = prologue.creatable(request);
    if (target.orElse(null) instanceof CollectionResource) {
      // RFC 4918 §9.7.2
      throw new DavException(Status.METHOD_NOT_ALLOWED, "a collection is there");
    }
    prologue.requireParent(request.head().target());
    Prologue.requireDocumentUrl(request.head());
    return target;
  }

  /** Knows when it was read to its end: from then on the request is whole, and work. */
  private static final class WholeBody extends FilterInputStream {
    private final Operation operation;
    private final long length;
    private long read;

    WholeBody(InputStream body, long length, Operation operation) {
      super(body);
      this.length = length;
      this.operation = operation;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
      int got = super.read(buffer, offset, count);
      read += Math.max(0, got);
      if (got < 0 && length >= 0 && read < length) {
        throw new IOException("ended after " + read + " of " + length + " bytes");
      }
      if (got < 0 || read == length) {
        operation.underWay();
      }
      return got;
    }
  }
}
