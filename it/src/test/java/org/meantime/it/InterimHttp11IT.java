package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
import org.meantime.it.server.User;

/** 102s on HTTP/1.1 connections while a store is busy, and where there must be none. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InterimHttp11IT {
  static final Map<String, String> EACH_SECOND =
      Map.of(
          "meantime.interim.first", "PT1S",
          "meantime.interim.interval", "PT1S",
          "meantime.executor.user", "256"); // many at once are one user's

  private static final long SECOND = 1_000_000_000;
  private static final byte[] PROCESSING =
      "HTTP/1.1 102 Processing\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  /** A request that can be sent, and the point where it will stand. */
  private record Prepared(SlowWork work, String point, byte[] request) {
    static List<Prepared> all(Stream<SlowWork> works) {
      return works.map(Prepared::of).toList();
    }

    private static Prepared of(SlowWork work) {
      Dav dav = Dav.inNewCollection();
      return new Prepared(work, work.pointBelow(dav), work.prepare().apply(dav).bytes());
    }
  }

  /** A request that is being answered, and when it was sent. */
  private record Exchange(
      SlowWork work, RawConnection connection, long sent, PendingResponse answer) {

    /** Sends all, and waits until each has had two interim responses. */
    static List<Exchange> begin(List<Prepared> works) throws IOException {
      List<Exchange> all = new ArrayList<>();
      for (Prepared prepared : works) {
        RawConnection connection = RawConnection.open();
        long sent = System.nanoTime();
        PendingResponse answer = connection.send(prepared.request()).receiving();
        all.add(new Exchange(prepared.work(), connection, sent, answer));
      }
      all.forEach(exchange -> exchange.answer.awaitInterims(2));
      return all;
    }

    /** Interims in time and as they must be, then one final response, then nothing. */
    void check() throws IOException {
      try (connection) {
        Response response = answer.response().is(work.status());
        work.check().accept(response);
        assertTrue(response.interims().size() >= 2);
        for (int i = 0; i < response.interims().size(); i++) {
          checkInterim(response.interims().get(i), i);
        }
        assertFalse(connection.hasMore());
        connection.send(Dav.as(User.READER).request("OPTIONS", "/").bytes());
        assertEquals(0, connection.receive().is(200).interims().size());
      }
    }

    private void checkInterim(Head interim, int index) {
      assertEquals(102, interim.status());
      assertEquals("Processing", interim.reason());
      assertEquals(List.of(), interim.headers().fields());
      long earliest = (1 + index) * SECOND;
      assertTrue(interim.nanos() - sent >= earliest, "the " + index + "th came too early");
    }
  }

  @TestFactory
  List<DynamicTest> whileTheStoreIsAtWork_interimsThenOneFinal() throws IOException {
    List<Prepared> works =
        Prepared.all(SlowWork.ALL.stream().filter(work -> work.point().contains("/")));
    works.forEach(work -> SlowStore.close(work.point()));
    List<Exchange> all = Exchange.begin(works);
    works.forEach(work -> SlowStore.open(work.point()));
    return checks(all);
  }

  @TestFactory
  List<DynamicTest> whileTheStoreLetsNobodyIn_interimsThenOneFinal() throws IOException {
    List<Prepared> works = Prepared.all(SlowWork.ALL.stream().filter(SlowWork::isInTransaction));
    SlowStore.close("transaction");
    List<Exchange> all = Exchange.begin(works);
    SlowStore.open("transaction");
    return checks(all);
  }

  private static List<DynamicTest> checks(List<Exchange> all) {
    return all.stream().map(it -> dynamicTest(it.work().name(), it::check)).toList();
  }

  @Test
  void onTheWire_isAStatusLineAndAnEmptyLine() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(copy(dav, "/a/", "/b/").bytes());
      assertArrayEquals(PROCESSING, connection.exactly(PROCESSING.length));
      assertArrayEquals(PROCESSING, connection.exactly(PROCESSING.length));
      SlowStore.open("stage");
      assertEquals("Created", connection.receive().is(201).reason());
    }
  }

  @Test
  void overTls_interimsAreTheSame() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.openTls()) {
      connection.send(copy(dav, "/a/", "/b/").bytes());
      assertArrayEquals(PROCESSING, connection.exactly(PROCESSING.length));
      SlowStore.open("stage");
      connection.receive().is(201);
      connection.send(dav.request("GET", "/nowhere").bytes());
      connection.receive().is(404);
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrderAndInterimsBelongToTheFirst() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    dav.put("/a.txt", "text").is(201);
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      String get = new String(dav.request("GET", "/a.txt").bytes(), StandardCharsets.US_ASCII);
      String first = new String(copy(dav, "/a/", "/b/").bytes(), StandardCharsets.US_ASCII);
      String second = new String(copy(dav, "/a/", "/c/").bytes(), StandardCharsets.US_ASCII);
      connection.send(first + get + second + get);
      PendingResponse copied = connection.receiving().awaitInterims(2);
      SlowStore.open("stage");
      copied.response().is(201);
      assertEquals("text", interimFree(connection.receive().is(200)).text());
      connection.receive().is(201);
      assertEquals("text", interimFree(connection.receive().is(200)).text());
    }
  }

  private static Response interimFree(Response response) {
    assertEquals(List.of(), response.interims());
    return response;
  }

  private static Request copy(Dav dav, String from, String to) {
    return dav.request("COPY", from).header("Destination", dav.url(to));
  }

  @Test
  void getHeadOptions_neverHaveAny() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "text").is(201);
    try (Metronome metronome = Metronome.start();
        RawConnection get = RawConnection.open();
        RawConnection head = RawConnection.open();
        RawConnection options = RawConnection.open()) {
      String point = "find" + SlowWork.below(dav, "/a.txt");
      SlowStore.close(point);
      get.send(dav.request("GET", "/a.txt").bytes());
      head.send(dav.request("HEAD", "/a.txt").bytes());
      options.send(dav.request("OPTIONS", "/a.txt").bytes());
      SlowStore.awaitWaiting(point, 3);
      metronome.await(3);
      SlowStore.open(point);
      assertEquals("text", interimFree(get.receive().is(200)).text());
      interimFree(head.receiveWithoutBody().is(200));
      interimFree(options.receive().is(200));
    }
  }

  @Test
  void http10_hasNone() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    try (Metronome metronome = Metronome.start();
        RawConnection connection = RawConnection.open()) {
      String point = "stage" + SlowWork.below(dav, "/a");
      SlowStore.close(point);
      String request = new String(copy(dav, "/a/", "/b/").bytes(), StandardCharsets.US_ASCII);
      connection.send(request.replace("HTTP/1.1", "HTTP/1.0"));
      SlowStore.awaitWaiting(point, 1);
      metronome.await(3);
      assertFalse(connection.hasMore());
      SlowStore.open(point);
      interimFree(connection.receive().is(201));
      assertTrue(connection.atEnd());
    }
  }

  @TestFactory
  List<DynamicTest> bodyThatArrivesSlowly_hasNoneBeforeItsEnd() throws IOException {
    List<DynamicTest> checks = new ArrayList<>();
    List<SlowBody> bodies = new ArrayList<>();
    try (Metronome metronome = Metronome.start()) {
      for (Request request : slowBodies(Dav.inNewCollection())) {
        bodies.add(SlowBody.begin(request));
      }
      metronome.await(3);
    }
    for (SlowBody body : bodies) {
      boolean silent = !body.connection().hasMore();
      checks.add(dynamicTest(body.name() + " begun", () -> assertTrue(silent)));
    }
    SlowStore.close("transaction");
    for (SlowBody body : bodies) {
      long end = System.nanoTime();
      PendingResponse answer = body.finish().awaitInterims(1);
      checks.add(dynamicTest(body.name() + " ended", () -> checkWork(answer.response(), end)));
    }
    SlowStore.open("transaction");
    return checks;
  }

  private static void checkWork(Response response, long begun) {
    assertTrue(response.status() < 300, response.toString());
    assertTrue(response.interims().get(0).nanos() - begun >= SECOND);
  }

  /** A request that was sent but for its last bytes. */
  private record SlowBody(String name, RawConnection connection, byte[] rest) {
    private static final int REST = 4;

    static SlowBody begin(Request request) throws IOException {
      byte[] bytes = request.bytes();
      int most = bytes.length - REST;
      RawConnection connection = RawConnection.open().send(Arrays.copyOf(bytes, most));
      byte[] rest = Arrays.copyOfRange(bytes, most, bytes.length);
      return new SlowBody(request.method() + " " + bytes.length, connection, rest);
    }

    PendingResponse finish() throws IOException {
      return connection.send(rest).receiving();
    }
  }

  private static List<Request> slowBodies(Dav dav) {
    dav.put("/p", "").is(201);
    return List.of(
        dav.request("PUT", "/a").body("content"),
        dav.request("PUT", "/b").chunked("content"),
        dav.request("PUT", "/c").body("x".repeat(100_000)),
        dav.request("PROPPATCH", "/p")
            .xml("<D:propertyupdate><D:set><D:prop><Z:a/></D:prop></D:set></D:propertyupdate>"));
  }

  @Test
  void expectContinue_isAnsweredBeforeAnyInterim() throws IOException {
    Dav dav = Dav.inNewCollection();
    SlowStore.close("put");
    try (RawConnection connection = RawConnection.open()) {
      Request put = dav.request("PUT", "/a").header("Expect", "100-continue").body("content");
      String bytes = new String(put.bytes(), StandardCharsets.US_ASCII);
      connection.send(bytes.substring(0, bytes.length() - "content".length()));
      assertEquals(100, connection.receiveHead().status());
      connection.send("content");
      PendingResponse answer = connection.receiving().awaitInterims(2);
      SlowStore.open("put");
      assertEquals(
          List.of(102, 102),
          answer.response().is(201).interims().stream().map(Head::status).limit(2).toList());
    }
    assertEquals("content", dav.get("/a").is(200).text());
  }

  @TestFactory
  Stream<DynamicTest> whatIsRefusedAtOnce_isRefusedWhileTheStoreIsBusy() {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    dav.mkcol("/b/").is(201);
    dav.mkcol("/locked/").is(201);
    dav.lock("/locked/", "exclusive").is(200);
    List.of("stage", "move", "put", "receive", "createCollection", "update", "deleteTree")
        .forEach(SlowStore::close);
    SlowStore.close("transaction");
    Map<Request, Integer> refused =
        Map.ofEntries(
            Map.entry(dav.by(User.ANONYMOUS).request("DELETE", "/a/"), 401),
            Map.entry(dav.by(User.READER).request("DELETE", "/a/"), 403),
            Map.entry(copy(dav, "/a/", "/a/c/"), 403),
            Map.entry(copy(dav, "/nowhere", "/c/"), 404),
            Map.entry(dav.request("DELETE", "/nowhere"), 404),
            Map.entry(dav.request("PROPFIND", "/nowhere"), 404),
            Map.entry(dav.request("MOVE", "/nowhere").header("Destination", dav.url("/c")), 404),
            Map.entry(dav.request("MKCOL", "/a/"), 405),
            Map.entry(dav.request("PUT", "/a/").body("content"), 405),
            Map.entry(dav.request("MKCOL", "/nowhere/c/"), 409),
            Map.entry(dav.request("PUT", "/nowhere/c").body("content"), 409),
            Map.entry(copy(dav, "/a/", "/nowhere/c/"), 409),
            Map.entry(copy(dav, "/a/", "/b/").header("Overwrite", "F"), 412),
            Map.entry(dav.request("DELETE", "/a/").header("If-Match", "\"x\""), 412),
            Map.entry(dav.request("PROPPATCH", "/a/").xml(" ".repeat(2_000_000)), 413),
            Map.entry(dav.request("PUT", "/locked/c").body("content"), 423),
            Map.entry(dav.request("MKCOL", "/locked/c/"), 423),
            Map.entry(dav.request("DELETE", "/locked/"), 423));
    // each answer comes while the store is shut, so no step of it was waited for
    return refused.entrySet().stream()
        .map(
            it ->
                dynamicTest(
                    it.getValue() + " " + it.getKey().method(),
                    () -> interimFree(it.getKey().send().is(it.getValue()))));
  }
}
