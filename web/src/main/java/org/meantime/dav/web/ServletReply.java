package org.meantime.dav.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.Reply;
import org.meantime.dav.web.interim.RawExchange;
import org.meantime.dav.xml.Response;

/**
 * The final response over the servlet API. Header fields are kept aside until the status is
 * committed: an interim response may go out before, and must find none of them.
 */
final class ServletReply implements Reply {
  private static final int RETRY_AFTER_SECONDS = 30;

  /** Fields that describe content, and so are not those of an error told instead. */
  private static final String DESCRIBES = "(?i)content-.*|etag|last-modified|accept-ranges";

  private final HttpServletResponse response;
  private final RequestContent content;
  private final RawExchange exchange;
  private final boolean head;
  private final String base;
  private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private volatile Optional<MultistatusStream> multistatus = Optional.empty();
  private Optional<AsyncContext> async = Optional.empty();
  private boolean aborted;

  ServletReply(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestContent content,
      RawExchange exchange) {
    this.response = response;
    this.content = content;
    this.exchange = exchange;
    head = request.getMethod().equals("HEAD");
    base = Location.base(request);
  }

  /** From here on {@link #end} completes that context. */
  void async(AsyncContext context) {
    async = Optional.of(context);
  }

  @Override
  public void header(String name, String value) {
    // no text that came from a client begins a field of its own
    headers.put(name, value.replaceAll("\\p{Cntrl}", " "));
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

  private void requireClient() {
    if (!exchange.isOpen()) {
      throw gone(new IOException("the stream or the connection was closed"));
    }
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
      ClientStream.copy(body, stream());
    }
  }

  @Override
  public void fail(DavException error) {
    if (multistatus.isPresent() || response.isCommitted()) {
      aborted = true;
      exchange.abort();
      return;
    }
    response.reset();
    headers.keySet().removeIf(name -> name.matches(DESCRIBES));
    if (error.status() == Status.SERVICE_UNAVAILABLE) {
      headers.put("Retry-After", String.valueOf(RETRY_AFTER_SECONDS));
    }
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
        response.flushBuffer();
        content.linger();
      }
    } catch (IOException e) {
      throw gone(e);
    } finally {
      async.ifPresent(AsyncContext::complete);
    }
  }

  private void commit(Status status) {
    response.setStatus(status.code());
    exchange.reason(status);
    response.setDateHeader("Date", System.currentTimeMillis()); // Payara sends none
    // RFC 9112 §9.3: content left unread must be read or the connection closed. The container
    // reads it; a client that is told we close need not send 2 GiB for nothing.
    if (status.isError() && content.http1() && !content.ended()) {
      response.setHeader("Connection", "close");
    }
    headers.forEach(response::setHeader);
  }

  private ServletOutputStream stream() {
    try {
      return response.getOutputStream();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  private static UncheckedIOException gone(IOException e) {
    return new UncheckedIOException("the client is gone", e);
  }
}
