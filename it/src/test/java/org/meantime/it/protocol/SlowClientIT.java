package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.RawHttp2;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.User;

/** Clients that keep the server waiting: they must not keep others waiting. */
@Tag("ours")
class SlowClientIT extends Protocol {
  private static final int MANY = 100; // more than a server has request threads

  /** They have their answer, and go on sending, a byte now and a byte then. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"ANONYMOUS, 401", "READER, 403", "WRITER, 409"})
  void answeredClientsThatDrip_holdNoThread(User user, int expected) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "content").is(201);
    List<RawConnection> drips = new ArrayList<>();
    try {
      for (int i = 0; i < MANY; i++) {
        Request put = dav.by(user).request("PUT", "/no/d").header("Content-Length", 1_000_000);
        drips.add(RawConnection.open().send(put.bytes()));
        assertEquals(expected, drips.get(i).receiveHead().status());
      }
      long begun = System.nanoTime();
      for (RawConnection drip : drips) {
        sendQuietly(drip);
        assertEquals("content", dav.get("/d").text());
      }
      long seconds = (System.nanoTime() - begun) / 1_000_000_000;
      assertTrue(seconds < 10, () -> "others waited " + seconds + " s"); // lingering takes 30
    } finally {
      for (RawConnection drip : drips) {
        drip.close();
      }
    }
  }

  /** They have no password, and go on asking. */
  @ParameterizedTest(name = "over TLS: {0}")
  @ValueSource(booleans = {false, true})
  void http2ClientThatReadsNothing_isClosedBeforeItFillsTheHeap(boolean tls) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "content").is(201);
    try (RawHttp2 connection = RawHttp2.open(tls)) {
      Request get = dav.by(User.ANONYMOUS).request("GET", "/d");
      int asked = 0;
      try {
        while (asked < 50_000) {
          connection.head(1 + 2 * asked, get, true);
          asked++;
        }
      } catch (IOException e) {
        // closed
      }
      int sent = asked;
      assertTrue(sent < 50_000, () -> sent + " requests were taken");
    }
    assertEquals("content", dav.get("/d").is(200).text());
  }

  private static void sendQuietly(RawConnection connection) {
    try {
      connection.send("x");
    } catch (IOException e) {
      // the server had said all it had to
    }
  }

  /** On Payara it is 30 s, whatever is set. */
  @Tag("wildfly")
  @ParameterizedTest
  @ValueSource(
      strings = {"OPTIONS", "GET", "PUT", "DELETE", "COPY", "PROPFIND", "PROPPATCH", "LOCK"})
  void withheldContent_isNotWaitedForForEver(String method) throws IOException, JMException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "old").is(201);
    try (Jmx jmx = Jmx.connect()) {
      jmx.set("meantime.client.idle", "PT1S");
      try (RawConnection connection = RawConnection.open()) {
        Request request = dav.request(method, "/d").header("Content-Length", 100);
        if (method.equals("COPY")) {
          request.header("Destination", dav.url("/n"));
        }
        Response response = connection.send(request.bytes()).send("<").receive().is(400);
        assertEquals("close", response.header("Connection"));
        assertTrue(connection.atEnd());
      } finally {
        jmx.set("meantime.client.idle", "PT2M");
      }
    }
    assertEquals("old", dav.get("/d").text());
    dav.get("/n").is(404);
  }

  @Test
  void withheldContentInHttp2_isNotWaitedForForEver() throws IOException, JMException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "old").is(201);
    try (Jmx jmx = Jmx.connect();
        RawHttp2 connection = RawHttp2.open(false)) {
      jmx.set("meantime.client.idle", "PT1S");
      try {
        connection.head(1, dav.request("PUT", "/d"), false).data(1, "new", false);
        assertTrue(List.of(0, 400).contains(connection.status(1)));
      } finally {
        jmx.set("meantime.client.idle", "PT2M");
      }
    }
    assertEquals("old", dav.get("/d").text());
  }
}
