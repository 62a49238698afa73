package org.meantime.dav.web.interim;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.FilterChainEvent;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.util.Header;
import org.glassfish.grizzly.http.util.HttpStatus;
import org.glassfish.grizzly.http2.Http2ServerFilter;
import org.glassfish.grizzly.http2.Http2Session;
import org.glassfish.grizzly.http2.Http2Stream;
import org.glassfish.grizzly.http2.Http2StreamException;
import org.glassfish.grizzly.http2.frames.ErrorCode;
import org.glassfish.grizzly.http2.frames.HeaderBlockHead;
import org.glassfish.grizzly.http2.frames.Http2Frame;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * Takes the place of a listener's HTTP/2 filter, and does what that one does. Requests to this
 * application are looked at as {@link GrizzlyProbe} looks at those of HTTP/1, and their content
 * ends at END_STREAM; and the end of no connection deadlocks a thread, whatever it asked for.
 */
final class GrizzlyHttp2 extends Http2ServerFilter {
  /** Takes an error past a method of the engine that declares none. */
  private static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final IOException error;

    Refusal(IOException error) {
      super(error);
      this.error = error;
    }
  }

  private final Http2ServerFilter engine;
  private final GrizzlyProbe probe;
  private final Map<NIOConnection, GrizzlyFrames> connections =
      Collections.synchronizedMap(new WeakHashMap<>());
  private volatile boolean retired;

  GrizzlyHttp2(Http2ServerFilter engine, GrizzlyProbe probe) {
    super(engine.getConfiguration());
    this.engine = engine;
    this.probe = probe;
    setLocalMaxFramePayloadSize(engine.getLocalMaxFramePayloadSize());
    setAllowPayloadForUndefinedHttpMethods(engine.isAllowPayloadForUndefinedHttpMethods());
  }

  /** Has nothing happen any more but what the filter before it did; connections may know both. */
  Http2ServerFilter retire() {
    retired = true;
    return engine;
  }

  /** The connections are known to the filter that was there when they came. */
  @Override
  public NextAction handleAccept(FilterChainContext context) throws IOException {
    return engine.handleAccept(context);
  }

  @Override
  public NextAction handleClose(FilterChainContext context) throws IOException {
    return engine.handleClose(context);
  }

  @Override
  public NextAction handleEvent(FilterChainContext context, FilterChainEvent event)
      throws IOException {
    return engine.handleEvent(context, event);
  }

  @Override
  protected boolean processFrames(
      FilterChainContext context, Http2Session session, List<Http2Frame> frames) {
    if (!retired && frames != null) {
      NIOConnection connection = (NIOConnection) context.getConnection();
      GrizzlyGuard.untangle(connection);
      GrizzlyFrames came = connections.computeIfAbsent(connection, it -> new GrizzlyFrames());
      came.dropAfterTheEnd(session, frames);
      if (came.isFlood(connection, frames)) {
        frames.clear();
        connection.terminateSilently();
      }
    }
    return super.processFrames(context, session, frames);
  }

  @Override
  protected void processCompleteHeader(
      Http2Session session, FilterChainContext context, HeaderBlockHead head) throws IOException {
    try {
      super.processCompleteHeader(session, context, head);
    } catch (Refusal e) {
      throw e.error;
    }
  }

  /** Before anybody looks at the URL, and before content is taken in. */
  @Override
  protected void onHttpHeadersParsed(HttpHeader header, FilterChainContext context) {
    GrizzlyInside.parsed(engine, header, context);
    HttpRequestPacket request = (HttpRequestPacket) header;
    if (!retired && probe.isOurs(request.getRequestURI())) {
      try {
        require(request, context);
      } catch (IOException e) {
        Http2Stream.getStreamFor(request).terminateSilently(); // or it would count for ever
        throw new Refusal(e);
      }
      probe.addSlash(request);
      awaitEndStream(request);
    }
  }

  private void require(HttpRequestPacket request, FilterChainContext context) throws IOException {
    int stream = Http2Stream.getStreamFor(request).getId();
    try {
      GrizzlyProbe.requireHttp2Fields(request);
    } catch (IllegalArgumentException e) {
      // RFC 9113 §8.1.1: malformed requests MUST be treated as a stream error
      throw new Http2StreamException(stream, ErrorCode.PROTOCOL_ERROR, e.getMessage());
    }
    try {
      GrizzlyProbe.requireUrl(request.getRequestURI());
      GrizzlyProbe.requireHost(request);
    } catch (IllegalArgumentException e) {
      answerBadRequest(request.getResponse(), context);
      // RFC 9113 §8.1: of the content nothing is wanted
      throw new Http2StreamException(stream, ErrorCode.NO_ERROR, e.getMessage());
    }
  }

  private void answerBadRequest(HttpResponsePacket response, FilterChainContext context)
      throws IOException {
    HttpStatus.BAD_REQUEST_400.setValues(response);
    response.setContentLength(0);
    response.setExpectContent(false);
    Http2Session session = Http2Session.get(context.getConnection());
    processOutgoingHttpHeader(context, session, response, response);
  }

  /**
   * Grizzly takes content for ended where as much came as was declared, and drops what comes after
   * a length of 0. Whoever reads counts.
   */
  private static void awaitEndStream(HttpRequestPacket request) {
    if (request.getContentLength() == 0) {
      request.setContentLengthLong(-1); // takes the field away too
      request.getHeaders().setValue(Header.ContentLength).setString("0");
    }
    GrizzlyInside.untilEndStream(Http2Stream.getStreamFor(request));
  }
}
