package org.meantime.dav.web.interim;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.XnioExecutor;
import org.xnio.channels.Configurable;
import org.xnio.conduits.ConduitStreamSourceChannel;
import org.xnio.conduits.StreamSinkConduit;

/**
 * Takes in what a client still sends, on the thread that reads its connection, for as long as the
 * linger lasts.
 */
final class UndertowDrain implements ChannelListener<ConduitStreamSourceChannel> {
  private final ConduitStreamSourceChannel source;
  private final Linger linger;
  private final Runnable next;
  private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024);
  private XnioExecutor.Key timer;
  private boolean ended;

  private UndertowDrain(ConduitStreamSourceChannel source, Linger linger, Runnable next) {
    this.source = source;
    this.linger = linger;
    this.next = next;
  }

  /**
   * From here on the exchange has no content, for the container neither, whose threads would wait
   * for the rest of it. Once the response is out, the rest is taken in, and then the connection
   * closed.
   */
  static void begin(HttpServerExchange exchange, HttpServerConnection connection, Linger linger) {
    exchange.setPersistent(false);
    ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
    exchange.addExchangeCompleteListener(
        (completed, listener) ->
            new UndertowDrain(source, linger, listener::proceed)
                .begin(() -> becomeRaw(connection, source)));
    Connectors.terminateRequest(exchange);
  }

  /** Whatever the framing was, what comes from here on is bytes. */
  private static void becomeRaw(
      HttpServerConnection connection, ConduitStreamSourceChannel source) {
    sayThatIsAll(connection);
    source.setConduit(connection.getOriginalSourceConduit());
    PooledByteBuffer extra = connection.getExtraBytes();
    if (extra != null) {
      connection.setExtraBytes(null);
      extra.close();
    }
  }

  /** RFC 9112 §9.6: closes the half that sends; whoever waits for the end of it need not wait. */
  private static void sayThatIsAll(HttpServerConnection connection) {
    try {
      StreamSinkConduit sink = connection.getOriginalSinkConduit();
      sink.terminateWrites();
      sink.flush(); // else when all is closed
    } catch (IOException e) {
      IoUtils.safeClose(connection); // and there is nothing to take in
    }
  }

  /** The same on a stream of HTTP/2, which is reset in the end. */
  static void begin(HttpServerExchange exchange, Linger linger) {
    UndertowContent content = UndertowContent.of(exchange);
    if (content == null) {
      linger.end();
      return;
    }
    ServerConnection stream = exchange.getConnection();
    Runnable reset = () -> closeUnlessEnded(stream, content);
    exchange.addExchangeCompleteListener(
        (completed, listener) -> {
          listener.proceed();
          ConduitStreamSourceChannel source =
              new ConduitStreamSourceChannel(Configurable.EMPTY, content);
          new UndertowDrain(source, linger, reset).begin(() -> {});
        });
    Connectors.terminateRequest(exchange);
  }

  private static void closeUnlessEnded(ServerConnection stream, UndertowContent content) {
    if (!content.ended()) {
      IoUtils.safeClose(stream);
    }
  }

  private void begin(Runnable first) {
    try {
      source
          .getIoThread()
          .execute(
              () -> {
                first.run();
                start();
              });
    } catch (RejectedExecutionException e) { // the server stops
      end();
    }
  }

  private void start() {
    source.setReadListener(this);
    handleEvent(source);
  }

  @Override
  public void handleEvent(ConduitStreamSourceChannel channel) {
    if (ended) {
      return;
    }
    try {
      int n = read();
      while (n > 0 && linger.take(n)) {
        n = read();
      }
      if (n == 0) {
        source.resumeReads();
        watch();
      } else {
        end();
      }
    } catch (IOException | RuntimeException e) { // the client is gone, and so is what it sent
      end();
    }
  }

  private int read() throws IOException {
    buffer.clear();
    return source.read(buffer);
  }

  /** Looks again when the client was silent for too long, if it will be. */
  private void watch() {
    long patience = linger.patience();
    if (patience <= 0) {
      end();
    } else if (timer == null) {
      timer = source.getIoThread().executeAfter(this::wake, patience, TimeUnit.NANOSECONDS);
    }
  }

  private void wake() {
    timer = null;
    if (!ended) {
      watch();
    }
  }

  private void end() {
    ended = true;
    source.suspendReads();
    source.setReadListener(null);
    if (timer != null) {
      timer.remove();
    }
    linger.end();
    next.run();
  }
}
