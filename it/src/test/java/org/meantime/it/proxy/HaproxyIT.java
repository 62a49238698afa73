package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Stream;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.SlowStore;

/** HAProxy, which passes every 102 on and takes each for a sign of life. */
class HaproxyIT extends BehindProxy {
  private static final Map<String, String> SHORT =
      Map.of("timeout server 1d", "timeout server 3s", "timeout client 5m", "timeout client 3s");

  HaproxyIT() {
    super(Kind.HAPROXY);
  }

  @Test
  void interims_outlastItsTimeouts() throws Exception {
    configure("send");
    try (Proxy changed = Proxy.start(Kind.HAPROXY, SHORT);
        LongWork work = LongWork.begin(changed)) {
      work.answer().awaitInterims(8);
      assertTrue(work.finish().is(201).interims().size() >= 8);
    }
  }

  @Test
  void withoutInterims_itTimesOut() throws Exception {
    try (Proxy changed = Proxy.start(Kind.HAPROXY, SHORT);
        LongWork work = LongWork.begin(changed)) {
      work.answer().response().is(504);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "PROPFIND", "OPTIONS", "DELETE"})
  void errorOfTheContainerAlone_isTakenForAServerThatStarts(String method) throws Exception {
    Map<String, String> all = Map.of("path_beg /meantime/", "path_beg /");
    Dav dav = Dav.inNewCollection();
    try (Proxy changed = Proxy.start(Kind.HAPROXY, all)) {
      String nobodys = "/of-no-application/d"; // as ours are while it is not there
      Response answer = changed.send(new Request(method, nobodys)).is(503);
      assertEquals("10", answer.header("Retry-After"));
      if (!method.equals("PUT") && !method.equals("OPTIONS")) {
        changed.send(dav.request(method, "/missing")).is(404);
      }
      changed.send(dav.request("PUT", "/missing/d").body("x")).is(409);
      changed.send(dav.request("OPTIONS", "/missing")).is(200);
    }
  }

  @Test
  void interims_reachAnHttp2Client() throws Exception {
    configure("send");
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close(LongWork.pointOf(dav));
    Request copy = dav.request("COPY", "/a/");
    copy.header("Destination", proxy().origin() + dav.href("/b/"));
    try (Http2 http2 = Http2.open(proxy().port())) {
      Http2Stream stream = http2.send(copy);
      stream.awaitInterim(2);
      SlowStore.open(LongWork.pointOf(dav));
      stream.response().is(201);
    }
  }
}
