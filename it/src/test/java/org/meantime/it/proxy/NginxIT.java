package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.Metronome;
import org.meantime.it.server.SlowStore;

/** nginx, which must not get a 102. */
class NginxIT extends BehindProxy {
  private static final String TIMEOUT = "proxy_read_timeout 1d";
  private static final Map<String, String> TOLD = Map.of(TIMEOUT, "proxy_read_timeout 3s");
  private static final Map<String, String> SILENT =
      Map.of(
          TIMEOUT,
          "proxy_read_timeout 3s",
          "proxy_set_header X-Forwarded-For",
          "#",
          "proxy_set_header X-Forwarded-Proto",
          "#");

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

  /**
   * It waits for another answer until its time-out, which each 102 resets. Where this fails, nginx
   * has learnt it.
   */
  @ParameterizedTest
  @ValueSource(strings = {"told to withhold none", "not told that there is a proxy"})
  void interims_keepTheAnswerFromTheClient(String row) throws Exception {
    boolean told = row.startsWith("told");
    configure(told ? "send" : "withhold");
    try (Proxy changed = Proxy.start(Kind.NGINX, told ? TOLD : SILENT);
        LongWork work = LongWork.begin(changed);
        Metronome metronome = Metronome.start()) {
      metronome.await(3);
      SlowStore.open(work.point());
      work.answer().failure();
    }
  }
}
