package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;
import org.meantime.it.server.SlowStore;

/** Far more operations at work than the server has request threads (64). */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ManyOperationsIT {
  private static final int MANY = 200;

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  @Test
  void twoHundredAtOnce_allHearAndOthersAreServed() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/a", "content").is(201);
    SlowStore.close("stage");
    List<RawConnection> connections = new ArrayList<>();
    List<PendingResponse> copies = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        RawConnection connection = RawConnection.open();
        connections.add(connection);
        connection.send(
            dav.request("COPY", "/a").header("Destination", dav.href("/b" + i)).bytes());
        copies.add(connection.receiving());
      }
      SlowStore.awaitWaiting("stage", MANY);
      checkOthersAreServed(dav);
      copies.forEach(copy -> copy.awaitInterims(3));
      checkOthersAreServed(dav);
      copies.forEach(copy -> assertFalse(copy.isDone()));
      SlowStore.open("stage");
      for (int i = 0; i < MANY; i++) {
        Response response = copies.get(i).response().is(201);
        assertTrue(response.interims().stream().allMatch(interim -> interim.status() == 102));
        connections.get(i).send(dav.request("GET", "/b" + i).bytes());
        Response copied = connections.get(i).receive().is(200);
        assertEquals("content", copied.text());
        assertEquals(List.of(), copied.interims());
      }
    } finally {
      for (RawConnection connection : connections) {
        connection.close();
      }
    }
  }

  private static void checkOthersAreServed(Dav dav) {
    assertEquals("content", dav.get("/a").is(200).text());
    dav.put("/c", "other").is(201);
    dav.delete("/c").is(204);
    dav.propfind("/a", 0, "<D:allprop/>").is(207);
    dav.options("/a").is(200);
  }
}
