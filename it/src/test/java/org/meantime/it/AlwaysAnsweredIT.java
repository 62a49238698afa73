package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.SlowStore;

/** One final response, whatever happens to the work; and what happens when nobody waits for it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class AlwaysAnsweredIT {
  private static final int MEMBERS = 20;
  private static final Map<String, Integer> FAILURES =
      Map.of("BUG", 500, "STACK", 500, "MEMORY", 500, "FULL", 507);

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  private record Failing(
      String name, int status, Dav dav, RawConnection connection, PendingResponse answer) {

    static Failing begin(SlowWork work, String failure) throws IOException {
      Dav dav = Dav.inNewCollection();
      Request request = work.prepare().apply(dav);
      SlowStore.fail(work.pointBelow(dav), failure);
      RawConnection connection = RawConnection.open();
      connection.send(request.bytes());
      String name = failure + " in " + work.name();
      return new Failing(name, FAILURES.get(failure), dav, connection, connection.receiving());
    }

    void check() throws IOException {
      try (connection) {
        Response response = answer.response().is(status);
        assertFalse(response.text().contains("secret"), response.text());
        assertFalse(response.text().contains("Exception"), response.text());
        if (status == 507) {
          assertTrue(response.xml().has("/D:error/D:sufficient-disk-space"));
        }
        // a server may close the connection after a 500, but says so
        if (response.find("Connection").orElse("").equalsIgnoreCase("close")) {
          assertTrue(connection.atEnd());
        } else {
          assertFalse(connection.hasMore());
          connection.send(dav.request("GET", "/b").bytes());
          connection.receive().is(404);
        }
        dav.get("/b").is(404);
      }
    }
  }

  private static List<Failing> failing() throws IOException {
    List<Failing> all = new ArrayList<>();
    for (SlowWork work : SlowWork.ALL) {
      if (work.point().contains("/")) {
        for (String failure : FAILURES.keySet()) {
          all.add(Failing.begin(work, failure));
        }
      }
    }
    return all;
  }

  @TestFactory
  List<DynamicTest> workThatFailsAtOnce_isOneFinalResponse() throws IOException {
    return failing().stream().map(it -> dynamicTest(it.name(), it::check)).toList();
  }

  @TestFactory
  List<DynamicTest> workThatFailsAfterInterims_isOneFinalResponse() throws IOException {
    SlowWork copy = SlowWork.named("COPY");
    SlowStore.close("stage");
    List<Failing> all = new ArrayList<>();
    for (String failure : FAILURES.keySet()) {
      all.add(Failing.begin(copy, failure));
    }
    all.forEach(failing -> failing.answer().awaitInterims(2));
    SlowStore.open("stage");
    return all.stream().map(it -> dynamicTest(it.name(), it::check)).toList();
  }

  private static Dav collection() {
    Dav dav = Dav.inNewCollection();
    for (int i = 0; i < MEMBERS; i++) {
      dav.put("/" + i, "").is(201);
    }
    return dav;
  }

  private static Request listing(Dav dav) {
    return dav.request("PROPFIND", "/").header("Depth", "infinity");
  }

  @Test
  void aListingWhoseNextMemberIsLong_isKeptAliveByWhiteSpace() throws IOException {
    Dav dav = collection();
    try (Metronome metronome = Metronome.start();
        RawConnection connection = RawConnection.open()) {
      SlowStore.close("member" + SlowWork.below(dav, ""));
      connection.send(listing(dav).bytes());
      Head head = connection.receiveHead();
      assertEquals(207, head.status());
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (!body.toString(StandardCharsets.UTF_8).contains("</D:response>")) {
        body.write(connection.chunk());
      }
      metronome.await(2);
      byte[] sign = connection.chunk();
      assertTrue(new String(sign, StandardCharsets.UTF_8).isBlank());
      SlowStore.open("member" + SlowWork.below(dav, ""));
      body.write(sign);
      body.write(connection.receiveBody(head));
      Response whole = new Response(List.of(), head, body.toByteArray());
      assertEquals(1 + MEMBERS, whole.xml().count("/D:multistatus/D:response"));
      connection.send(dav.request("GET", "/0").bytes());
      connection.receive().is(200);
    }
  }

  @Test
  void aListingThatFails_breaksTheConnection() throws IOException {
    Dav dav = collection();
    String point = "member" + SlowWork.below(dav, "");
    SlowStore.close(point);
    SlowStore.fail(point, "BUG");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(listing(dav).bytes());
      assertEquals(207, connection.receiveHead().status());
      connection.chunk();
      SlowStore.open(point);
      String rest = new String(connection.rest(), StandardCharsets.UTF_8);
      assertFalse(rest.contains("</D:multistatus>"), rest);
      assertFalse(rest.endsWith("0\r\n\r\n"), rest);
    }
  }

  @Test
  void aListingWhoseClientLeft_endsAtItsNextMember() throws IOException {
    Dav dav = collection();
    String below = SlowWork.below(dav, "");
    try (Metronome metronome = Metronome.start()) {
      SlowStore.close("member" + below);
      try (RawConnection connection = RawConnection.open()) {
        connection.send(listing(dav).bytes());
        assertEquals(207, connection.receiveHead().status());
      }
      metronome.await(4);
      SlowStore.open("member" + below);
      SlowStore.awaitPassed("membersEnd" + below, 1);
      assertEquals(1, SlowStore.passed("member" + below));
    }
  }

  @Test
  void aCopyWhoseClientLeft_goesOnToItsEnd() throws Exception {
    Dav dav = collection();
    String point = "stage" + SlowWork.below(dav, "");
    try (Metronome metronome = Metronome.start()) {
      SlowStore.close(point);
      try (RawConnection connection = RawConnection.open()) {
        Request copy = dav.request("COPY", "/").header("Destination", dav.base() + "-copy/");
        connection.send(copy.bytes());
        assertEquals(102, connection.receiveHead().status());
      }
      metronome.await(3);
      SlowStore.open(point);
      long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      Dav there = new Dav(dav.user(), dav.base() + "-copy");
      while (there.get("/0").status() == 404 && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
      assertEquals(
          1 + MEMBERS, there.propfind("/", 1, "<D:propname/>").is(207).xml().count("//D:response"));
    }
  }
}
