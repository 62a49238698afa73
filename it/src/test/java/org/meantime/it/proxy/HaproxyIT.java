package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Stream;
import org.meantime.it.http.Request;
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
