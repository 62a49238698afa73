package org.meantime.dav.web.interim;

import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.AttachmentKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * The content of a request on its way from the engine to the servlet. Undertow tells an exchange
 * whose connection broke that its content is at an end, past all conduits; an end that comes by
 * here is one that the client meant.
 */
final class UndertowContent extends AbstractStreamSourceConduit<StreamSourceConduit> {
  private static final AttachmentKey<UndertowContent> KEY =
      AttachmentKey.create(UndertowContent.class);

  private volatile boolean ended;
  private volatile long idle = Long.MAX_VALUE; // nanoseconds
  private long heard;

  private UndertowContent(StreamSourceConduit engine) {
    super(engine);
  }

  /** Stands between the engine and whoever will read the content of that exchange. */
  static void watch(HttpServerExchange exchange) {
    exchange.addRequestWrapper(
        (factory, wrapped) -> {
          UndertowContent content = new UndertowContent(factory.create());
          wrapped.putAttachment(KEY, content);
          return content;
        });
    exchange.getRequestChannel(); // wraps it, where content is still to come
    Connectors.resetRequestChannel(exchange);
  }

  /** Null where nothing is to come, or nobody watches. */
  static UndertowContent of(HttpServerExchange exchange) {
    return exchange.getAttachment(KEY);
  }

  /** Whether the end was read. */
  boolean ended() {
    return ended;
  }

  /** Gives up a client from which no byte came for so many nanoseconds. */
  void limit(long nanoseconds) {
    idle = nanoseconds;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return (int) reading(() -> super.read(into));
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int count) throws IOException {
    return reading(() -> super.read(into, offset, count));
  }

  @FunctionalInterface
  private interface Reading {
    long read() throws IOException;
  }

  /**
   * Undertow fails where an RST_STREAM comes within a read (2.3.23: a frame that is null by then).
   */
  private long reading(Reading reading) throws IOException {
    long n;
    try {
      n = reading.read();
    } catch (NullPointerException e) {
      throw new IOException("the content broke off", e);
    }
    notice(n);
    return n;
  }

  private void notice(long n) {
    if (n < 0) {
      ended = true;
    } else if (n > 0 || heard == 0) {
      heard = System.nanoTime();
    }
  }

  @Override
  public void awaitReadable() throws IOException {
    long left = idle - (System.nanoTime() - heard);
    if (left <= 0) {
      throw new IOException("nothing came for too long");
    }
    // HTTP/2 counts in milliseconds, and 0 is for ever
    super.awaitReadable(Math.max(1, left / 1_000_000 + 1), TimeUnit.MILLISECONDS);
  }
}
