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
    restart(Map.of("proxy_http_version 1.1", "proxy_http_version 1.0"));
    try (LongWork work = LongWork.begin(proxy());
        Metronome metronome = Metronome.start()) {
      metronome.await(4);
      assertEquals(List.of(), work.finish().is(201).interims());
    }
  }
}
