package org.meantime.dav.web.interim;

import io.undertow.protocols.http2.Http2Channel;
import io.undertow.protocols.http2.Http2StreamSourceChannel;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.HeaderMap;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meantime.dav.Status;

/**
 * Has a request over HTTP/2 wait for the rest of its head. Where what was read from the connection
 * ends with a frame of it and CONTINUATION frames are to come, Undertow hands the request over
 * already: an {@code If} may still be missing, and that the head ends the stream is forgotten. All
 * of it happens on the thread of the connection.
 */
public final class UndertowHead implements ServletExtension {
  private static final System.Logger LOG = System.getLogger(UndertowHead.class.getName());

  /** Each wait is twice the one before it, and this is the last. */
  private static final int LAST_MILLIS = 8192;

  private final AtomicBoolean told = new AtomicBoolean();

  /** What Undertow keeps to itself, looked up at once. */
  private static final class Inside {
    static final Field CHANNEL = Hidden.field(Http2ServerConnection.class, "channel");
    static final Field STREAM = Hidden.field(Http2ServerConnection.class, "requestChannel");
    static final Field FIELDS = Hidden.field(Http2StreamSourceChannel.class, "headers");
    static final Field STREAM_ENDS =
        Hidden.field(Http2StreamSourceChannel.class, "headersEndStream");

    /** What reads a head of which a frame is to come, until that begins. */
    static final Field HEAD = Hidden.field(Http2Channel.class, "continuationParser");

    static final Field HEAD_ENDS = Hidden.field(HEAD.getType(), "headersEndStream");

    /** The frame that has begun, and what reads it. */
    static final Field FRAME = Hidden.field(Http2Channel.class, "frameParser");

    static final Field FRAME_READER = Hidden.field(FRAME.getType(), "parser");
    static final Field FRAME_HEAD = Hidden.field(FRAME.getType(), "continuationParser");
  }

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.addInitialHandlerChainWrapper(next -> exchange -> handle(exchange, next));
  }

  private void handle(HttpServerExchange exchange, HttpHandler next) throws Exception {
    boolean waits = false;
    try {
      waits = await(exchange, next);
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      if (!told.getAndSet(true)) {
        LOG.log(Level.WARNING, "heads of over 16 KiB over HTTP/2 may be taken for whole", e);
      }
    }
    if (!waits) {
      next.handleRequest(exchange);
    }
  }

  /** False where nothing is to come. */
  private static boolean await(HttpServerExchange exchange, HttpHandler next)
      throws ReflectiveOperationException {
    if (!(exchange.getConnection() instanceof Http2ServerConnection connection)) {
      return false;
    }
    Object channel = Inside.CHANNEL.get(connection);
    Object head = Inside.HEAD.get(channel);
    if (head == null) {
      return false;
    }
    Object stream = Inside.STREAM.get(connection);
    Inside.STREAM_ENDS.set(stream, Inside.HEAD_ENDS.get(head));
    Inside.FIELDS.set(stream, new HeaderMap()); // the engine would empty those it reads into
    exchange.dispatch(
        task -> await(exchange, channel, head, task, 1),
        (HttpHandler) it -> go(it, next, isWhole(channel, head)));
    return true;
  }

  private static void await(
      HttpServerExchange exchange, Object channel, Object head, Runnable task, long millis) {
    exchange
        .getIoThread()
        .executeAfter(
            () -> {
              if (millis >= LAST_MILLIS || isWhole(channel, head)) {
                task.run();
              } else {
                await(exchange, channel, head, task, millis * 2);
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private static boolean isWhole(Object channel, Object head) {
    try {
      Object frame = Inside.FRAME.get(channel);
      return Inside.HEAD.get(channel) != head
          && (frame == null
              || Inside.FRAME_READER.get(frame) != head && Inside.FRAME_HEAD.get(frame) != head);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void go(HttpServerExchange exchange, HttpHandler next, boolean whole)
      throws Exception {
    if (whole) {
      next.handleRequest(exchange);
    } else {
      exchange.setStatusCode(Status.REQUEST_TIMEOUT.code());
      exchange.endExchange();
    }
  }
}
