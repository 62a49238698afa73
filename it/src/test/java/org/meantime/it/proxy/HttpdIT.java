package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
