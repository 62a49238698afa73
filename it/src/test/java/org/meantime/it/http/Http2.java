package org.meantime.it.http;

import java.util.concurrent.Future;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.AsyncEntityProducers;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.http.protocol.DefaultHttpProcessor;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequester;
import org.apache.hc.core5.http2.impl.nio.bootstrap.H2MultiplexingRequesterBootstrap;
import org.apache.hc.core5.http2.protocol.H2RequestContent;
import org.apache.hc.core5.http2.protocol.H2RequestTargetHost;
import org.apache.hc.core5.http2.ssl.H2ClientTlsStrategy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;
import org.meantime.it.server.Server;

/**
 * One HTTP/2 connection over TLS; each request sent is a stream of its own, all at once. Sends no
 * {@code Expect} of its own accord: Payara resets every stream that has one.
 */
public final class Http2 implements AutoCloseable {
  private final H2MultiplexingRequester requester;

  private Http2(H2MultiplexingRequester requester) {
    this.requester = requester;
  }

  public static Http2 open() {
    H2MultiplexingRequester requester =
        H2MultiplexingRequesterBootstrap.bootstrap()
            .setHttpProcessor(
                new DefaultHttpProcessor(H2RequestTargetHost.INSTANCE, H2RequestContent.INSTANCE))
            .setTlsStrategy(new H2ClientTlsStrategy(Tls.anyServer()))
            .create();
    requester.start();
    return new Http2(requester);
  }

  /** Sends the request and does not wait. */
  public Http2Stream send(Request request) {
    HttpHost server = new HttpHost("https", "127.0.0.1", Server.httpsPort());
    BasicHttpRequest head = new BasicHttpRequest(request.method(), server, request.target());
    request.headers().fields().forEach(f -> head.addHeader(f.getKey(), f.getValue()));
    AsyncEntityProducer body =
        request.body().map(content -> AsyncEntityProducers.create(content, null)).orElse(null);
    Http2Stream stream = new Http2Stream();
    Future<Response> response =
        requester.execute(
            new BasicRequestProducer(head, body), stream.collector(), Timeout.ofMinutes(1), null);
    stream.answeredBy(response);
    return stream;
  }

  @Override
  public void close() {
    requester.close(CloseMode.IMMEDIATE);
  }
}
