package org.meantime.it.http;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncClientExchangeHandler;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.BasicClientExchangeHandler;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.meantime.it.server.Server;

/**
 * One HTTP/2 connection; each request sent is a stream of its own, all at once. Sends no {@code
 * Expect} of its own accord: Payara resets every stream that has one.
 */
public final class Http2 implements AutoCloseable {
  private final Http2Frames frames = new Http2Frames();
  private final HttpHost server;
  private final H2MultiplexingRequester requester;

  private Http2(HttpHost server) {
    this.server = server;
    requester =
        H2MultiplexingRequesterBootstrap.bootstrap()
            .setHttpProcessor(
                new DefaultHttpProcessor(H2RequestTargetHost.INSTANCE, H2RequestContent.INSTANCE))
            .setTlsStrategy(new H2ClientTlsStrategy(Tls.anyServer()))
            .setStreamListener(frames)
            .create();
    requester.start();
  }

  /** Over TLS. */
  public static Http2 open() {
    assumeTrue(Server.hasHttps(), "not offered: https");
    return open(Server.httpsPort());
  }

  /** The same to something that stands before the server. */
  public static Http2 open(int port) {
    return new Http2(new HttpHost("https", Server.host(), port));
  }

  /** Without TLS, by prior knowledge. */
  public static Http2 openPlain() {
    return new Http2(new HttpHost("http", "127.0.0.1", Server.port()));
  }

  /** What has come from the server. */
  public Http2Frames frames() {
    return frames;
  }

  /** Sends the request and does not wait. */
  public Http2Stream send(Request request) {
    BasicHttpRequest head = new BasicHttpRequest(request.method(), server, request.target());
    request.headers().fields().forEach(f -> head.addHeader(f.getKey(), f.getValue()));
    AsyncEntityProducer body =
        request.body().map(content -> AsyncEntityProducers.create(content, null)).orElse(null);
    Http2Stream stream = new Http2Stream();
    AsyncClientExchangeHandler exchange =
        new BasicClientExchangeHandler<>(
            new BasicRequestProducer(head, body), stream.collector(), stream.end());
    requester.execute(exchange, Timeout.ofMinutes(1), HttpCoreContext.create());
    return stream;
  }

  @Override
  public void close() {
    requester.close(CloseMode.IMMEDIATE);
  }
}
