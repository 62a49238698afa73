package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meantime.it.Metronome;

/** nginx, which must not get a 102. */
class NginxIT extends BehindProxy {
  NginxIT() {
    super(Kind.NGINX);
  }

  @Test
  void http10_hasNoInterimsWhateverIsSet() throws Exception {
    configure("send");
    try (Proxy changed =
            Proxy.start(Kind.NGINX, Map.of("proxy_http_version 1.1", "proxy_http_version 1.0"));
        LongWork work = LongWork.begin(changed);
        Metronome metronome = Metronome.start()) {
      metronome.await(4);
      assertEquals(List.of(), work.finish().is(201).interims());
    }
  }

  /** What docs/proxies.md warns of; where this fails, nginx has learnt it. */
  @Test
  void interims_keepTheAnswerFromTheClient() throws Exception {
    configure("send");
    Map<String, String> impatient = Map.of("proxy_read_timeout 1d", "proxy_read_timeout 3s");
    try (Proxy changed = Proxy.start(Kind.NGINX, impatient);
        LongWork work = LongWork.begin(changed)) {
      work.answer().failure();
    }
  }

  @Test
  void withoutTheFieldThatTellsOfIt_interimsAreSent() throws Exception {
    Map<String, String> silent =
        Map.of(
            "proxy_set_header X-Forwarded-For", "# ",
            "proxy_set_header X-Forwarded-Proto", "# ",
            "proxy_read_timeout 1d", "proxy_read_timeout 3s");
    try (Proxy changed = Proxy.start(Kind.NGINX, silent);
        LongWork work = LongWork.begin(changed)) {
      work.answer().failure();
    }
  }
}
