package org.meantime.dav.web.interim;

import io.undertow.conduits.ChunkedStreamSourceConduit;
import io.undertow.conduits.ReadDataStreamSourceConduit;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpServerConnection;
import io.undertow.server.protocol.http2.Http2ServerConnection;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ServletStackTraces;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Protocols;
import jakarta.servlet.ServletContext;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meantime.dav.Digits;
import org.meantime.dav.Status;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Sees each request before the container looks at its credentials and before it has a thread, and
 * refuses the ones whose content another party could take for something else (RFC 9112 §6.3).
 * WildFly finds it as a service of the archive.
 */
public final class UndertowFraming implements ServletExtension {
  private static final System.Logger LOG = System.getLogger(UndertowFraming.class.getName());
  private static final int LONGEST_LENGTH = 18; // digits

  /** RFC 9113 §8.2.2: fields that are about an HTTP/1.1 connection. */
  private static final List<HttpString> OF_CONNECTIONS =
      List.of(
          Headers.TRANSFER_ENCODING,
          Headers.UPGRADE,
          new HttpString("Keep-Alive"),
          new HttpString("Proxy-Connection"));

  /**
   * The most requests of an HTTP/2 connection that may be without their whole answer. The engine
   * takes as many as come, and keeps each that waits for a thread or for a client to read: 100,000
   * on one connection filled a heap of 512 MB in seconds. Clients keep to a hundred or so.
   */
  private static final int MOST_STREAMS = 1_000;

  private final AtomicBoolean told = new AtomicBoolean();

  /** By the address of the client: the engine has an object for each stream, not for all. */
  private final ConcurrentHashMap<SocketAddress, Integer> streams = new ConcurrentHashMap<>();

  /** What is wrong with a request, and what it is answered. */
  private record Fault(Status status, String reason) {
    static final Fault LENGTH = new Fault(Status.BAD_REQUEST, "the Content-Length is none");
    static final Fault CODING =
        new Fault(Status.NOT_IMPLEMENTED, "chunked is the only transfer coding that is understood");
    static final Fault OLD = new Fault(Status.BAD_REQUEST, "HTTP/1.0 has no Transfer-Encoding");
    static final Fault CONNECTION =
        new Fault(Status.BAD_REQUEST, "HTTP/2 has no fields about connections");
  }

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    deployment.setServletStackTraces(ServletStackTraces.NONE);
    deployment.addInitialHandlerChainWrapper(next -> exchange -> handle(exchange, next));
  }

  private void handle(HttpServerExchange exchange, HttpHandler next) throws Exception {
    if (exchange.getConnection() instanceof Http2ServerConnection stream
        && isOneTooMany(exchange)) {
      closeAll(stream);
      return;
    }
    Optional<Fault> fault = Optional.empty();
    try {
      UndertowInterim.handOver(exchange);
      fault = prepare(exchange);
    } catch (RuntimeException | LinkageError e) {
      if (!told.getAndSet(true)) {
        LOG.log(Level.WARNING, "requests go on without a check of their framing", e);
      }
    }
    if (exchange.getRelativePath().isEmpty()) { // or Undertow would answer, by a redirection
      exchange.setRelativePath("/");
    }
    if (fault.isEmpty()) {
      next.handleRequest(exchange);
    } else {
      refuse(exchange, fault.get());
    }
  }

  private boolean isOneTooMany(HttpServerExchange exchange) {
    SocketAddress client = exchange.getConnection().getPeerAddress();
    if (streams.merge(client, 1, Integer::sum) > MOST_STREAMS) {
      endOne(client);
      return true;
    }
    exchange.addExchangeCompleteListener(
        (ended, rest) -> {
          endOne(client);
          rest.proceed();
        });
    return false;
  }

  private void endOne(SocketAddress client) {
    streams.computeIfPresent(client, (address, now) -> now > 1 ? now - 1 : null);
  }

  /** Closes the connection with all its streams, or where the engine has it elsewhere, this one. */
  private static void closeAll(Http2ServerConnection stream) throws IOException {
    try {
      Field channel = Hidden.field(Http2ServerConnection.class, "channel");
      ((Closeable) channel.get(stream)).close();
    } catch (IllegalAccessException | RuntimeException e) {
      stream.close();
    }
  }

  private static Optional<Fault> prepare(HttpServerExchange exchange) {
    boolean http2 = exchange.getProtocol().equals(Protocols.HTTP_2_0);
    Optional<Fault> fault = http2 ? inHttp2(exchange) : inHttp1(exchange);
    if (fault.isEmpty() && !exchange.isRequestComplete()) {
      readStrictly(exchange);
      UndertowContent.watch(exchange);
    }
    return fault;
  }

  private static Optional<Fault> inHttp1(HttpServerExchange exchange) {
    HeaderMap fields = exchange.getRequestHeaders();
    String coding = fields.getFirst(Headers.TRANSFER_ENCODING);
    if (coding != null && !exchange.getProtocol().equals(Protocols.HTTP_1_1)) {
      return Optional.of(Fault.OLD);
    }
    if (coding != null && !coding.equalsIgnoreCase("chunked")) {
      return Optional.of(Fault.CODING);
    }
    return isLength(fields) ? Optional.empty() : Optional.of(Fault.LENGTH);
  }

  private static Optional<Fault> inHttp2(HttpServerExchange exchange) {
    HeaderMap fields = exchange.getRequestHeaders();
    boolean upgraded = fields.contains("HTTP2-Settings"); // the one request that came as HTTP/1.1
    if (!upgraded && OF_CONNECTIONS.stream().anyMatch(fields::contains)) {
      return Optional.of(Fault.CONNECTION);
    }
    return isLength(fields) ? Optional.empty() : Optional.of(Fault.LENGTH);
  }

  /** None, or one number. The engine reads one that is too large as another. */
  private static boolean isLength(HeaderMap fields) {
    HeaderValues lengths = fields.get(Headers.CONTENT_LENGTH);
    if (lengths == null) {
      return true;
    }
    String length = lengths.getFirst();
    return lengths.size() == 1 && length.length() <= LONGEST_LENGTH && Digits.isNumber(length);
  }

  private static void readStrictly(HttpServerExchange exchange) {
    if (exchange.getConnection() instanceof HttpServerConnection connection) {
      ConduitStreamSourceChannel source = connection.getChannel().getSourceChannel();
      if (source.getConduit() instanceof ChunkedStreamSourceConduit) {
        ReadDataStreamSourceConduit bytes =
            new ReadDataStreamSourceConduit(connection.getOriginalSourceConduit(), connection);
        source.setConduit(new UndertowChunks(bytes, exchange, connection));
      }
    }
  }

  private static void refuse(HttpServerExchange exchange, Fault fault) {
    exchange.setStatusCode(fault.status().code());
    exchange.setReasonPhrase(fault.status().reason());
    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
    UndertowInterim.linger(exchange, Linger.begin(false));
    exchange.getResponseSender().send(fault.reason() + "\n");
  }
}
