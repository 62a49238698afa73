package org.meantime.dav.method;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meantime.dav.Dates;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.operation.FileSink;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.MediaTypes;
import org.meantime.dav.request.Conditions.TagList;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;

/** GET and HEAD: of a document its content or ranges of it, of a collection its index. */
final class GetMethod implements Method<GetRequest> {
  private static final int BUFFER = 64 * 1024;

  /** What the policy of data is replaced with where documents may run: they own the server. */
  private static final String RUNS = "frame-ancestors 'self'";

  private final Prologue prologue;
  private final Supplier<List<ResourcePath>> running;

  /**
   * @param running the collections whose documents may run as pages
   */
  GetMethod(Prologue prologue, Supplier<List<ResourcePath>> running) {
    this.prologue = prologue;
    this.running = running;
  }

  @Override
  public void process(GetRequest request, Operation operation) {
    Resource target = prologue.existing(request);
    if (target instanceof DocumentResource document) {
      if (running.get().stream().anyMatch(it -> it.contains(document.path()))) {
        operation.header("Content-Security-Policy", RUNS);
      }
      get(request, document, operation);
    } else if (request.head().conditions().ifNoneMatch().filter(TagList::any).isPresent()) {
      operation.send(Status.NOT_MODIFIED); // an index has neither a tag nor a date, but it is there
    } else {
      new IndexPage((CollectionResource) target, request).send(operation);
    }
  }

  private static void get(GetRequest request, DocumentResource document, Operation operation) {
    operation.header("ETag", document.entityTag().toString());
    operation.header("Last-Modified", Dates.http(lastModified(document)));
    operation.header("Accept-Ranges", "bytes");
    if (Conditionals.isNotModified(request.head().conditions(), document)) {
      operation.send(Status.NOT_MODIFIED);
      return;
    }
    MediaTypes.languages(document).ifPresent(it -> operation.header("Content-Language", it));
    Optional<List<Range>> ranges =
        request
            .range()
            .filter(it -> applies(request, document))
            .flatMap(it -> Range.parse(it, document.length()));
    if (ranges.isEmpty()) {
      whole(request, document, operation);
    } else {
      partial(request, document, ranges.get(), operation);
    }
  }

  /**
   * RFC 9110 §8.8.2.1: never later than the Date of the answer, as one that a client gave can be.
   */
  private static Instant lastModified(DocumentResource document) {
    Instant now = Instant.now();
    return document.modified().isAfter(now) ? now : document.modified();
  }

  /** RFC 9110 §13.1.5, §14.2: a Range counts for GET, and while If-Range holds. */
  private static boolean applies(GetRequest request, DocumentResource document) {
    return request.content()
        && request.ifRange().map(it -> Conditionals.isSame(it, document)).orElse(true);
  }

  private static void whole(GetRequest request, DocumentResource document, Operation operation) {
    operation.header("Content-Type", MediaTypes.of(document));
    operation.header("Content-Length", Long.toString(document.length()));
    if (request.content()) {
      operation.send(Status.OK, out -> write(document, new Range(0, document.length() - 1), out));
    } else {
      look(document);
      operation.send(Status.OK);
    }
  }

  /** What HEAD says is what GET would say, that the content cannot be read included. */
  private static void look(DocumentResource document) {
    try {
      document.open(0, document.length()).close();
    } catch (IOException e) {
      throw new IllegalStateException("the content cannot be read", e);
    }
  }

  private static void partial(
      GetRequest request, DocumentResource document, List<Range> ranges, Operation operation) {
    if (ranges.isEmpty()) {
      operation.header("Content-Range", "bytes */" + document.length());
      operation.header("Content-Length", "0");
      operation.send(Status.RANGE_NOT_SATISFIABLE);
    } else if (ranges.size() == 1) {
      Range range = ranges.get(0);
      operation.header("Content-Type", MediaTypes.of(document));
      operation.header("Content-Range", range.contentRange(document.length()));
      operation.header("Content-Length", Long.toString(range.length()));
      operation.send(Status.PARTIAL_CONTENT, out -> write(document, range, out));
    } else {
      Byteranges parts = new Byteranges(MediaTypes.of(document), document.length(), ranges);
      operation.header("Content-Type", parts.contentType());
      operation.header("Content-Length", Long.toString(parts.length()));
      operation.send(
          Status.PARTIAL_CONTENT, out -> parts.write(out, range -> write(document, range, out)));
    }
  }

  private static void write(DocumentResource document, Range range, OutputStream out)
      throws IOException {
    long left = range.length();
    try (InputStream content = document.open(range.first(), left)) {
      if (isSentAsFile(content, left, out)) {
        return;
      }
      byte[] buffer = new byte[(int) Math.min(BUFFER, Math.max(1, left))];
      while (left > 0) {
        int got = content.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (got < 0) {
          throw new IOException("content is shorter than its length");
        }
        out.write(buffer, 0, got);
        left -= got;
      }
    }
  }

  private static boolean isSentAsFile(InputStream content, long count, OutputStream out) {
    return count > BUFFER
        && content instanceof ReadableByteChannel file
        && out instanceof FileSink sink
        && sink.send(file, count);
  }
}
