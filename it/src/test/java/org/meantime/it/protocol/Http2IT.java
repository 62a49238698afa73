package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Stream;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;

/** The same over HTTP/2 and TLS: a version of HTTP changes how it is said, not what it means. */
class Http2IT extends Protocol {
  private static Response send(Http2 connection, Request request) {
    return connection.send(request).response();
  }

  private static String url(Dav dav, String path) {
    return "https://" + Server.host() + ":" + Server.httpsPort() + dav.href(path);
  }

  @Test
  void everyMethod_isUnderstood() {
    Dav dav = Dav.inNewCollection();
    try (Http2 connection = Http2.open()) {
      assertEquals("1, 2, 3", send(connection, dav.request("OPTIONS", "/")).is(200).header("DAV"));
      send(connection, dav.request("MKCOL", "/c/")).is(201);
      send(connection, dav.request("PUT", "/c/d").body("one")).is(201);
      send(connection, AnyMethod.request(dav, "PROPPATCH", "/c/d")).is(207);
      Request copy = dav.request("COPY", "/c").header("Destination", url(dav, "/copy"));
      send(connection, copy).is(201);
      Request move = dav.request("MOVE", "/copy").header("Destination", url(dav, "/moved"));
      send(connection, move).is(201);
      assertEquals("one", send(connection, dav.request("GET", "/moved/d")).is(200).text());
      assertEquals(
          "3", send(connection, dav.request("HEAD", "/c/d")).is(200).header("Content-Length"));
      String token =
          send(connection, AnyMethod.request(dav, "LOCK", "/c/d")).is(200).header("Lock-Token");
      send(connection, dav.request("PUT", "/c/d").body("two")).is(423);
      send(connection, dav.request("UNLOCK", "/c/d").header("Lock-Token", token)).is(204);
      send(connection, dav.request("DELETE", "/moved/")).is(204);
      Request propfind = dav.request("PROPFIND", "/").header("Depth", "infinity");
      assertEquals(
          List.of(dav.href("/"), dav.href("/c/"), dav.href("/c/d")),
          send(connection, propfind).is(207).xml().texts("//D:href").stream().sorted().toList());
    }
  }

  @Test
  void content_comesBackByteForByte() {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[3_000_000];
    IntStream.range(0, content.length).forEach(i -> content[i] = (byte) (i * 31 + i / 251));
    try (Http2 connection = Http2.open()) {
      send(connection, dav.request("PUT", "/d").body(content)).is(201);
      assertEquals(-1, Arrays.mismatch(content, send(connection, dav.request("GET", "/d")).body()));
      Request range = dav.request("GET", "/d").header("Range", "bytes=2999999-");
      assertEquals(content[2_999_999], send(connection, range).is(206).body()[0]);
    }
  }

  @Test
  void refusal_leavesTheConnectionToOthers() {
    Dav dav = Dav.inNewCollection();
    try (Http2 connection = Http2.open()) {
      send(connection, dav.request("PUT", "/no/d").body(new byte[200_000])).is(409);
      send(connection, dav.request("BREW", "/").body("x")).is(501);
      List<Http2Stream> streams =
          IntStream.range(0, 50)
              .mapToObj(i -> connection.send(dav.request("PUT", "/" + i).body("content " + i)))
              .toList();
      streams.forEach(stream -> stream.response().is(201));
      assertEquals("content 49", send(connection, dav.request("GET", "/49")).is(200).text());
    }
  }
}
