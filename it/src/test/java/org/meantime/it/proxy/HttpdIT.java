package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;

/** Apache httpd, which passes nine 102s on. */
class HttpdIT extends BehindProxy {
  private static final Map<String, String> SHORT = Map.of("timeout=86400", "timeout=5");

  HttpdIT() {
    super(Kind.HTTPD);
  }

  @Test
  void interimsOfItsLimit_arePassedOn() throws Exception {
    configure("9");
    try (LongWork work = LongWork.begin(proxy())) {
      work.answer().awaitInterims(2);
      work.finish().is(201);
    }
  }

  @Test
  void nineInterims_outlastItsTimeoutAndTheTenthIsTooMany() throws Exception {
    configure("send");
    try (Proxy changed = Proxy.start(Kind.HTTPD, SHORT);
        LongWork work = LongWork.begin(changed)) {
      assertEquals(10, work.answer().response().is(502).interims().size());
    }
  }

  @Test
  void withoutInterims_itTimesOut() throws Exception {
    try (Proxy changed = Proxy.start(Kind.HTTPD, SHORT);
        LongWork work = LongWork.begin(changed)) {
      work.answer().response().is(502);
    }
  }

  @Test
  void chunkedUploadThatExpects_isContinued() throws IOException {
    Dav dav = Dav.inNewCollection();
    Request put = dav.request("PUT", "/d").chunked("").header("Expect", "100-continue");
    String head = new String(proxy().bytes(put), StandardCharsets.ISO_8859_1);
    try (RawConnection raw = proxy().connect()) {
      raw.send(head.substring(0, head.indexOf("\r\n\r\n") + 4));
      assertEquals(100, raw.receiveHead().status());
      raw.send("7\r\ncontent\r\n0\r\n\r\n").receive().is(201);
    }
    assertEquals("content", dav.get("/d").text());
  }
}
