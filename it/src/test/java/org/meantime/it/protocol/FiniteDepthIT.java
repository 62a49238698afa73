package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Archives;

/** A server that was told to refuse PROPFIND of infinite depth. */
@Tag("ours")
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class FiniteDepthIT {
  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war(Map.of("meantime.propfind.infinity", "refuse"));
  }

  @ParameterizedTest(name = "Depth: {0}")
  @ValueSource(strings = {"infinity", ""})
  void infiniteDepth_isRefusedWithItsCode(String depth) {
    Request request = Dav.inNewCollection().request("PROPFIND", "/");
    if (!depth.isEmpty()) {
      request.header("Depth", depth);
    }
    Response response = request.send().is(403);
    assertTrue(response.xml().has("/D:error/D:propfind-finite-depth"), response::toString);
  }

  @Test
  void finiteDepth_isAnswered() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    assertEquals(1, dav.propfind("/", 0, "<D:allprop/>").is(207).xml().count("//D:response"));
    assertEquals(2, dav.propfind("/", 1, "<D:allprop/>").is(207).xml().count("//D:response"));
  }

  @Test
  void infiniteDepthOfADocument_isAnswered() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    dav.propfind("/d", "infinity", "<D:allprop/>").is(207);
    dav.request("PROPFIND", "/d").send().is(207);
  }
}
