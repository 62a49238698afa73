package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Archives;

/** What comes with a request that is answered before its work has ended is all there. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AsyncContentIT {
  private static final int TIMES = 20;

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war(Map.of());
  }

  @ParameterizedTest(name = "{0}, {1} bytes")
  @CsvSource({
    "respond-async, 0",
    "respond-async, 10",
    "respond-async, 70000",
    "respond-async, 3000000",
    "'respond-async, wait=5', 70000",
  })
  void contentOfAPutThatIsAccepted_isStoredWhole(String prefer, int length) throws IOException {
    Dav dav = Dav.inNewCollection();
    for (int i = 0; i < TIMES; i++) {
      String content = String.valueOf(i % 10).repeat(length);
      Request put = dav.request("PUT", "/d" + i).header("Prefer", prefer).body(content);
      put.header("X-OC-Mtime", "946684799");
      Response answer = put.send();
      if (answer.status() == 202) {
        await(dav, answer.header("Location"));
      } else {
        answer.is(201);
      }
      Response get = dav.get("/d" + i).is(200);
      assertEquals(content, get.text());
      assertEquals("Fri, 31 Dec 1999 23:59:59 GMT", get.header("Last-Modified"));
    }
  }

  private static void await(Dav dav, String document) {
    Dav root = new Dav(dav.user(), "");
    Response ended = root.request("GET", document).header("Prefer", "wait=30").send().is(200);
    assertTrue(ended.text().replace(" ", "").contains("\"state\":\"done\""), ended::toString);
  }
}
