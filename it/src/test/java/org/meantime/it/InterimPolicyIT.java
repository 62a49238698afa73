package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.SlowStore;

/** Who is sent how many 102s, and what becomes of work that goes on for too long. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InterimPolicyIT {
  private static final int MANY = 3;

  private Jmx jmx;

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @BeforeEach
  void connect() throws Exception {
    jmx = Jmx.connect();
  }

  @AfterEach
  void open() throws Exception {
    SlowStore.reset();
    jmx.set("meantime.operation.stalled", "PT5M");
    jmx.set("meantime.on-disconnect", "continue");
    jmx.close();
  }

  /**
   * A request with such fields.
   *
   * @param interims how many it is sent; {@code MANY} or more
   */
  private record Row(String name, int interims, String... fields) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("nothing known", MANY),
          new Row("copes", MANY, "User-Agent", "curl/8.5.0"),
          new Row("takes it for the final response", 0, "User-Agent", "python-requests/2.31.0"),
          new Row("copes with one", 1, "User-Agent", "okhttp/4.12.0"),
          new Row("through a proxy", 0, "X-Forwarded-For", "10.0.0.1"),
          new Row("through another", 0, "Via", "1.1 cache"),
          new Row(
              "asks for them",
              MANY,
              "User-Agent",
              "python-requests/2.31.0",
              "Prefer",
              "respond-late, processing"),
          new Row(
              "asks for them through a proxy",
              0,
              "Prefer",
              "processing",
              "Forwarded",
              "for=10.0.0.1"));

  /** A COPY that stands in the store until {@code point} is opened. */
  private record Copy(Dav dav, String point, RawConnection connection, PendingResponse answer)
      implements AutoCloseable {
    static Copy begin(String... fields) throws Exception {
      Dav dav = Dav.inNewCollection();
      dav.mkcol("/a/").is(201);
      dav.put("/a/member", "content").is(201);
      String point = "stage" + SlowWork.below(dav, "/a");
      SlowStore.close(point);
      Request copy = dav.request("COPY", "/a/").header("Destination", dav.url("/b/"));
      for (int i = 0; i < fields.length; i += 2) {
        copy = copy.header(fields[i], fields[i + 1]);
      }
      RawConnection connection = RawConnection.open();
      connection.send(copy.bytes());
      SlowStore.awaitWaiting(point, 1);
      return new Copy(dav, point, connection, connection.receiving());
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  @TestFactory
  List<DynamicTest> clients_areSentWhatTheyTake() throws Exception {
    List<Copy> copies = new ArrayList<>();
    for (Row row : ROWS) {
      copies.add(Copy.begin(row.fields()));
    }
    try (Metronome metronome = Metronome.start()) {
      metronome.await(MANY + 2);
    }
    copies.forEach(copy -> SlowStore.open(copy.point()));
    List<DynamicTest> checks = new ArrayList<>();
    for (int i = 0; i < ROWS.size(); i++) {
      Row row = ROWS.get(i);
      Copy copy = copies.get(i);
      checks.add(dynamicTest(row.name(), () -> check(row, copy)));
    }
    return checks;
  }

  private static void check(Row row, Copy copy) throws Exception {
    try (copy) {
      int interims = copy.answer().response().is(201).interims().size();
      if (row.interims() < MANY) {
        assertEquals(row.interims(), interims);
      } else {
        assertTrue(interims >= MANY, () -> interims + " only");
      }
    }
  }

  @Test
  void workThatMakesNoProgress_isStoppedAndUndone() throws Exception {
    jmx.set("meantime.operation.stalled", "PT2S");
    try (Copy copy = Copy.begin()) {
      copy.answer().response().is(503).header("Retry-After");
      SlowStore.open(copy.point());
      jmx.await("Operations", "Running", running -> ((Number) running).intValue() == 0);
      copy.dav().get("/b/member").is(404);
      copy.dav().get("/a/member").is(200);
    }
  }

  @Test
  void changeWhoseClientLeaves_isCancelledWhereThatIsSet() throws Exception {
    jmx.set("meantime.on-disconnect", "cancel");
    long before = jmx.count("Cancelled");
    Copy copy = Copy.begin();
    copy.close();
    jmx.await("Operations", "Cancelled", now -> ((Number) now).longValue() == before + 1);
    SlowStore.open(copy.point());
    jmx.await("Operations", "Running", running -> ((Number) running).intValue() == 0);
    copy.dav().get("/b/member").is(404);
  }

  @Test
  void changeWhoseClientLeaves_goesOnOtherwise() throws Exception {
    long before = jmx.count("ClientsGone");
    Copy copy = Copy.begin();
    copy.close();
    jmx.await("Operations", "ClientsGone", now -> ((Number) now).longValue() == before + 1);
    SlowStore.open(copy.point());
    jmx.await("Operations", "Running", running -> ((Number) running).intValue() == 0);
    copy.dav().get("/b/member").is(200);
  }
}
