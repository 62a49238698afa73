package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.io.IOException;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Frames.Frame;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Tls;
import org.meantime.it.server.Server;

/** 102 on an HTTP/2 connection over TLS. */
record Http2Interims(Dav dav, Once<LongWork> work) {
  List<Check> checks() {
    return List.of(new Check("102: a HEADERS frame that does not end the stream", this::frames));
  }

  private void frames() throws Throwable {
    offered(Server.hasHttps(), "the URL is not https");
    offered(offersHttp2(), "no HTTP/2");
    String origin = "https://" + Server.host() + ":" + Server.httpsPort();
    Request copy =
        dav.request("COPY", Interims.offer(work).path())
            .header("Destination", origin + dav.href("/http2/"))
            .header("Prefer", "processing");
    try (Http2 connection = Http2.open()) {
      Response response = connection.send(copy).response().is(201);
      assertTrue(response.interims().size() > 0, "none, though on HTTP/1.1 there were");
      response.interims().forEach(interim -> assertEquals(102, interim.status()));
      Interims.checkForm(response);
      List<Frame> heads = connection.frames().ofType("HEADERS");
      assertEquals(response.interims().size() + 1, heads.size());
      for (Frame head : heads.subList(0, heads.size() - 1)) {
        assertTrue(head.endHeaders() && !head.endStream(), head::toString);
      }
      assertEquals(1, connection.frames().countEnded());
    } finally {
      dav.delete("/http2/");
    }
  }

  private static boolean offersHttp2() {
    try (SSLSocket socket =
        (SSLSocket)
            Tls.anyServer().getSocketFactory().createSocket(Server.host(), Server.httpsPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return socket.getApplicationProtocol().equals("h2");
    } catch (IOException e) {
      return false;
    }
  }
}
