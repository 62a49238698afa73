package org.meantime.dav.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.channels.ReadableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meantime.dav.ComplianceClasses;
import org.meantime.dav.Status;
import org.meantime.dav.operation.ClientReply;
import org.meantime.dav.operation.KeptReply;
import org.meantime.dav.web.interim.Linger;
import org.meantime.dav.web.interim.RawExchange;

/** The final response over the servlet API. */
final class ServletReply extends RenderedReply implements ClientReply {
  private static final System.Logger LOG = System.getLogger(ServletReply.class.getName());

  /**
   * What a browser may do with an answer that has no policy of its own, and so with whatever users
   * put here: show it. An error in place of a page falls under it too.
   */
  private static final String DATA =
      "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
          + " media-src 'self'; frame-ancestors 'none'";

  private static final Set<String> SHOWN = Set.of("GET", "HEAD", "POST");

  private final HttpServletResponse response;
  private final RequestContent content;
  private final RawExchange exchange;
  private final boolean shown; // a browser makes a page of the answer to no other method
  private Optional<AsyncContext> async = Optional.empty();
  private boolean admitted;

  ServletReply(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestContent content,
      RawExchange exchange) {
    super(Location.base(request), request.getMethod().equals("HEAD"));
    this.response = response;
    this.content = content;
    this.exchange = exchange;
    shown = SHOWN.contains(request.getMethod());
  }

  /** Its client has a user, and the user a role. */
  void admit() {
    admitted = true;
  }

  /** From here on {@link #end} completes that context. */
  void async(AsyncContext context) {
    async = Optional.of(context);
  }

  /** A 102 says that the whole request arrived: until then there is none, later there may be. */
  @Override
  public Outcome sendProcessing(Map<String, String> fields) throws IOException {
    if (!content.ended()) {
      return Outcome.NOT_YET;
    }
    return exchange.sendProcessing(fields) ? Outcome.SENT : Outcome.NEVER;
  }

  /** Answers an OPTIONS of no resource in particular. */
  void offer(String allow) {
    header("DAV", ComplianceClasses.FIELD);
    header("MS-Author-Via", "DAV");
    header("Allow", allow);
    send(Status.OK);
  }

  @Override
  public KeptReply keep() {
    return new FileReply(base());
  }

  @Override
  public void accept(String location) {
    header("Location", location);
    header("Preference-Applied", "respond-async"); // RFC 7240 §3
    try {
      send(Status.ACCEPTED);
      end();
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before it was accepted", e);
    }
  }

  @Override
  void requireClient() {
    if (!exchange.isOpen()) {
      throw ClientStream.gone(new IOException("the stream or the connection was closed"));
    }
  }

  @Override
  OutputStream open() throws IOException {
    return response.getOutputStream();
  }

  @Override
  boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
    return exchange.send(file, count, out);
  }

  @Override
  void commit(Status status) {
    response.setStatus(status.code());
    exchange.reason(status);
    response.setDateHeader("Date", System.currentTimeMillis()); // Payara sends none
    // RFC 9112 §9.3: content left unread must be read or the connection closed. The container
    // reads it; a client that is told we close need not send 2 GiB for nothing.
    if (content.http1() && !content.ended()) {
      response.setHeader("Connection", "close");
    }
    if (shown) {
      guard();
    }
    fields().forEach(response::setHeader);
  }

  private void guard() {
    fields().putIfAbsent("Content-Security-Policy", DATA);
    fields().putIfAbsent("X-Content-Type-Options", "nosniff");
    fields().putIfAbsent("Cross-Origin-Resource-Policy", "same-origin");
    // "no-cache": a browser asks each time, and with its own credentials, whether it may show this
    fields().putIfAbsent("Cache-Control", "private, no-cache");
  }

  @Override
  boolean isCommitted() {
    return response.isCommitted();
  }

  @Override
  void reset() {
    response.reset();
  }

  @Override
  void abort() {
    exchange.abort();
  }

  @Override
  void finish() throws IOException {
    response.flushBuffer();
    if (content.isBeingSent()) {
      try {
        exchange.linger(content.open(), Linger.begin(admitted));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a client left with its answer", e);
      }
    }
  }

  @Override
  public void end() {
    try {
      super.end();
    } finally {
      async.ifPresent(AsyncContext::complete);
    }
  }
}
