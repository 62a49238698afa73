package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Stream;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;
import org.meantime.it.server.SlowStore;

/** While a store is busy, the client hears of it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InterimIT {
  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(
        Map.of("meantime.interim.first", "PT1S", "meantime.interim.interval", "PT1S"));
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  @Test
  void copyThatTakesLong_isAnsweredByInterimsAndOneFinal() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(dav.request("COPY", "/a/").header("Destination", dav.url("/b/")).bytes());
      SlowStore.awaitWaiting("stage", 1);
      Head first = connection.receiveHead();
      Head second = connection.receiveHead();
      assertEquals(102, first.status());
      assertEquals("Processing", first.reason());
      assertEquals(102, second.status());
      SlowStore.open("stage");
      Response response = connection.receive().is(201);
      assertEquals("Created", response.reason());
      connection.send(dav.request("GET", "/nowhere").bytes());
      connection.receive().is(404);
    }
  }

  @Test
  void twoStreamsOfOneConnection_areToldEachOfItsOwn() {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    try (Http2 http2 = Http2.open()) {
      Http2Stream copy =
          http2.send(dav.request("COPY", "/a/").header("Destination", dav.href("/b/")));
      SlowStore.awaitWaiting("stage", 1);
      Http2Stream put = http2.send(dav.request("PUT", "/c.txt").body("c"));
      put.response().is(201);
      assertEquals(102, copy.awaitInterim(2).status());
      SlowStore.open("stage");
      copy.response().is(201);
      assertEquals(0, put.response().interims().size());
    }
  }
}
