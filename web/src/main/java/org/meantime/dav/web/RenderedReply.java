package org.meantime.dav.web;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.meantime.dav.ComplianceClasses;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.Reply;
import org.meantime.dav.xml.Response;

/**
 * A final response as bytes, wherever they go. Header fields are kept aside until the status is
 * committed: an interim response may go out before, and must find none of them.
 */
abstract class RenderedReply implements Reply {
  private static final int RETRY_AFTER_SECONDS = 30;

  /** What is said to those who may come back. */
  private static final Set<Status> BE_BACK =
      Set.of(Status.SERVICE_UNAVAILABLE, Status.TOO_MANY_REQUESTS);

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  /** Fields that describe content, and so are not those of an error told instead. */
  private static final String DESCRIBES = "(?i)content-.*|etag|last-modified|accept-ranges";

  private final String base;
  private final boolean head;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private volatile Optional<MultistatusStream> multistatus = Optional.empty();
  private boolean aborted;

  /**
   * Nothing yet.
   *
   * @param base the raw path of the root of the store
   * @param head whether content is left out
   */
  RenderedReply(String base, boolean head) {
    this.base = base;
    this.head = head;
  }

  /** Where the content goes. */
  abstract OutputStream open() throws IOException;

  /** From here on the status and the header fields stand. */
  abstract void commit(Status status);

  /** True where the status can be changed no more. */
  abstract boolean isCommitted();

  /** Forgets what was begun and not committed. */
  abstract void reset();

  /** Makes it seen that half a response is not whole. */
  abstract void abort();

  /** Sees to it that all arrives. */
  abstract void finish() throws IOException;

  /** Sends part of a file past {@code out}; false where there is no such way. */
  boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
    return false;
  }

  /** Throws where nobody is left to be answered. */
  void requireClient() {}

  String base() {
    return base;
  }

  Map<String, String> fields() {
    return headers;
  }

  @Override
  public void header(String name, String value) {
    headers.put(name, isPlain(value) ? value : CONTROL.matcher(value).replaceAll(" "));
  }

  /** No text that came from a client begins a field of its own. */
  private static boolean isPlain(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || value.charAt(i) == 0x7F) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void member(Response member) {
    requireClient();
    if (multistatus.isEmpty()) {
      header("Content-Type", ErrorBody.XML);
      header("X-Accel-Buffering", "no"); // nginx would hold it all back
      commit(Status.MULTI_STATUS);
      multistatus = Optional.of(new MultistatusStream(stream(), System::nanoTime));
    }
    multistatus.get().write(member);
  }

  @Override
  public void keepAlive() {
    requireClient();
    multistatus.ifPresent(MultistatusStream::keepAlive);
  }

  @Override
  public void send(Status status) {
    // RFC 9110 §8.6: no Content-Length with 204; with 304 and for HEAD it would be that of a GET
    if (status != Status.NO_CONTENT && status != Status.NOT_MODIFIED && !head) {
      headers.put("Content-Length", "0");
    }
    commit(status);
  }

  @Override
  public void send(Status status, Body body) {
    commit(status);
    if (!head) {
      ClientStream.copy(body, stream(), this);
    }
  }

  @Override
  public void fail(DavException error) {
    if (multistatus.isPresent() || isCommitted()) {
      aborted = true;
      abort();
      multistatus.ifPresent(MultistatusStream::close);
      return;
    }
    reset();
    headers.keySet().removeIf(name -> name.matches(DESCRIBES));
    if (BE_BACK.contains(error.status())) {
      headers.put("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
    }
    header("DAV", ComplianceClasses.FIELD); // by it a proxy knows our errors from the container's
    ErrorBody body = ErrorBody.of(error, base);
    header("Content-Type", body.type());
    header("Content-Length", String.valueOf(body.bytes().length));
    send(error.status(), out -> out.write(body.bytes()));
  }

  @Override
  public void end() {
    try {
      if (!aborted) {
        multistatus.ifPresent(MultistatusStream::end);
        finish();
      }
    } catch (IOException e) {
      throw ClientStream.gone(e);
    }
  }

  private OutputStream stream() {
    try {
      return open();
    } catch (IOException e) {
      throw ClientStream.gone(e);
    }
  }
}
