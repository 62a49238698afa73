package org.meantime.dav.web.interim;

import io.undertow.server.Connectors;
import io.undertow.server.ExchangeCompletionListener;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.server.protocol.http.HttpAttachments;
import io.undertow.server.protocol.http.HttpContinue;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import io.undertow.servlet.spec.HttpServletRequestImpl;
import io.undertow.servlet.spec.ServletOutputStreamImpl;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.meantime.dav.Status;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.conduits.ConduitStreamSinkChannel;
import org.xnio.conduits.StreamSinkConduit;

/** Undertow, the engine of WildFly and JBoss EAP. */
public final class UndertowInterim implements InterimAdapter {
  private static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  /** How long a client may leave a 102 unread in a full connection. */
  private static final long PATIENCE_SECONDS = 30;

  @Override
  public boolean supports(HttpServletRequest request) {
    return request.getClass().getName().equals(REQUEST);
  }

  @Override
  public RawExchange open(HttpServletRequest request) {
    HttpServerExchange exchange = ((HttpServletRequestImpl) request).getExchange();
    ServerConnection connection = exchange.getConnection();
    if (connection instanceof HttpServerConnection http1) {
      return new Http1Exchange(exchange, http1);
    }
    if (connection instanceof Http2ServerConnection http2) {
      return new Http2Exchange(exchange, http2);
    }
    return NoInterim.INSTANCE; // AJP has no frame for it
  }

  /**
   * Has the thread that reads the connection make it ready for its next request. Anywhere else
   * Undertow wakes that thread first, which then spins until the other is through (undertow-core
   * 2.3.23, {@code HttpReadListener}); on a busy machine it often takes the very processor the
   * other needs: a third of the processor time of four clients that PROPPATCH.
   *
   * <p>Called before any other listens to the end of the exchange: what was added later runs
   * earlier, by the thread that ends it, which goes on to use the exchange. WildFly's own listener
   * changes its attachments, which are one thread's: run by the other thread it made them lose what
   * the first was looking for, and the answer with it (one of some 30,000).
   */
  static void handOver(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection) {
      exchange.addExchangeCompleteListener(UndertowInterim::complete);
    }
  }

  private static void complete(
      HttpServerExchange exchange, ExchangeCompletionListener.NextListener next) {
    if (exchange.isInIoThread()) {
      next.proceed();
      return;
    }
    try {
      exchange.getIoThread().execute(next::proceed);
    } catch (RejectedExecutionException e) { // the server stops
      next.proceed();
    }
  }

  /** Ends the request, and takes in what still comes where the engine has a way to. */
  static void linger(HttpServerExchange exchange, Linger linger) {
    if (exchange.isComplete()) {
      linger.end();
    } else if (exchange.getConnection() instanceof HttpServerConnection http1) {
      UndertowDrain.begin(exchange, http1, linger);
    } else {
      UndertowDrain.begin(exchange, linger);
    }
  }

  private abstract static class UndertowExchange implements RawExchange {
    final HttpServerExchange exchange;

    UndertowExchange(HttpServerExchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public boolean isContentWhole() {
      UndertowContent content = UndertowContent.of(exchange);
      return content == null || content.ended() && !hasPseudoTrailers();
    }

    /** RFC 9113 §8.1: with a pseudo field in its trailers a request is malformed. */
    private boolean hasPseudoTrailers() {
      HeaderMap trailers = exchange.getAttachment(HttpAttachments.REQUEST_TRAILERS);
      return trailers != null
          && trailers.getHeaderNames().stream().anyMatch(name -> name.byteAt(0) == ':');
    }

    /**
     * By a field that it reads as we do. Not by {@code login}, for which WildFly begins a session.
     */
    @Override
    public boolean login(
        HttpServletRequest request, HttpServletResponse response, String user, String password)
        throws IOException, ServletException {
      byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      String field = "Basic " + Base64.getEncoder().encodeToString(pair);
      exchange.getRequestHeaders().put(Headers.AUTHORIZATION, field);
      return request.authenticate(response);
    }

    @Override
    public void limitSilence(Duration longest) {
      UndertowContent content = UndertowContent.of(exchange);
      if (content != null) {
        content.limit(longest.toNanos());
      }
    }

    @Override
    public void linger(InputStream content, Linger linger) {
      UndertowInterim.linger(exchange, linger);
    }

    @Override
    public void reason(Status status) {
      if (!exchange.isResponseStarted()) {
        exchange.setReasonPhrase(status.reason());
      }
    }
  }

  private interface Writable {
    /** Writes what it can; true once all is written. */
    boolean write() throws IOException;

    void await(long time, TimeUnit unit) throws IOException;
  }

  /** Writes to the end, waiting for a client that is slow to read but not for one that is stuck. */
  private static void writeAll(Writable out) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!out.write()) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new IOException("the client does not read");
      }
      out.await(left, TimeUnit.NANOSECONDS);
    }
  }

  private static final class Http1Exchange extends UndertowExchange {
    private final HttpServerConnection connection;

    Http1Exchange(HttpServerExchange exchange, HttpServerConnection connection) {
      super(exchange);
      this.connection = connection;
    }

    /**
     * As raw bytes below Undertow's own encoding of responses, which finds everything as it left it
     * and would take a 102 for the response. TLS is further below.
     */
    @Override
    public boolean sendProcessing(Map<String, String> fields) throws IOException {
      // RFC 9110 §15.2: a server MUST NOT send a 1xx response to an HTTP/1.0 client.
      // A pipeline buffer may hold responses that must go first.
      if (!exchange.getProtocol().equals(Protocols.HTTP_1_1)
          || connection.getPipelineBuffer() != null) {
        return false;
      }
      ByteBuffer bytes = ByteBuffer.wrap(InterimHead.bytes(fields));
      StreamSinkConduit sink = connection.getOriginalSinkConduit();
      try {
        writeAll(new Bytes(bytes, sink));
      } catch (IOException e) {
        abort(); // what follows half a 102 could not be read
        throw e;
      }
      return true;
    }

    /** Past the servlet's buffer, as the engine takes what is outside the heap as it is. */
    @Override
    public boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
      if (!(out instanceof ServletOutputStreamImpl stream)) {
        return false;
      }
      SentFile sent = new SentFile(file, count);
      while (sent.remaining() > 0) {
        stream.write(sent.window());
      }
      sent.end();
      return true;
    }

    @Override
    public boolean abort() {
      try {
        connection.close();
      } catch (IOException e) {
        return false;
      }
      return true;
    }
  }

  private record Bytes(ByteBuffer bytes, StreamSinkConduit sink) implements Writable {
    @Override
    public boolean write() throws IOException {
      while (bytes.hasRemaining() && sink.write(bytes) > 0) {
        // as much as goes
      }
      return !bytes.hasRemaining() && sink.flush();
    }

    @Override
    public void await(long time, TimeUnit unit) throws IOException {
      sink.awaitWritable(time, unit);
    }
  }

  private static final class Http2Exchange extends UndertowExchange {
    private final Http2ServerConnection connection;
    private final ConduitStreamSinkChannel channel;
    private final StreamSinkConduit stream;
    private final boolean upgraded;

    Http2Exchange(HttpServerExchange exchange, Http2ServerConnection connection) {
      super(exchange);
      this.connection = connection;
      channel = Connectors.getConduitSinkChannel(exchange);
      stream = channel.getConduit();
      upgraded = exchange.getRequestHeaders().contains("HTTP2-Settings");
    }

    /**
     * As the out-of-band response Undertow means for 100: a HEADERS frame that is flushed and not
     * shut down, which would end the stream. It is made from an exchange that asks for a 100, and
     * this is not the client's own, which may have had one.
     */
    @Override
    public boolean sendProcessing(Map<String, String> fields) throws IOException {
      // the stream that was upgraded from HTTP/1.1 has no out-of-band responses
      if (upgraded) {
        return false;
      }
      if (stream.isWriteShutdown()) {
        throw new IOException("the stream is closed");
      }
      HttpServerExchange asking = new HttpServerExchange(connection);
      asking.setProtocol(Protocols.HTTP_2_0);
      asking.setRequestMethod(exchange.getRequestMethod());
      asking.getRequestHeaders().put(Headers.EXPECT, HttpContinue.CONTINUE);
      HttpServerExchange interim = connection.sendOutOfBandResponse(asking);
      interim.setStatusCode(Status.PROCESSING.code());
      fields.forEach(
          (name, value) -> interim.getResponseHeaders().put(new HttpString(name), value));
      try {
        writeAll(new Frame(interim.getResponseChannel()));
      } finally {
        channel.setConduit(stream); // where the final response will look for it
      }
      return true;
    }

    @Override
    public boolean abort() {
      try {
        stream.truncateWrites(); // RST_STREAM
      } catch (IOException e) {
        return false;
      }
      return true;
    }
  }

  private record Frame(StreamSinkChannel sink) implements Writable {
    @Override
    public boolean write() throws IOException {
      return sink.flush();
    }

    @Override
    public void await(long time, TimeUnit unit) throws IOException {
      sink.awaitWritable(time, unit);
    }
  }
}
