package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;
import org.meantime.it.server.User;

/** Messages on a connection: expectation, framing, what was cut, what comes next (RFC 9112). */
class ConnectionIT extends Protocol {
  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "old").is(201);
    return dav;
  }

  private static RawConnection begin(Dav dav, String line, String... fields) throws IOException {
    List<String> head = new ArrayList<>();
    head.add(line.replace(" /", " " + dav.base() + "/"));
    head.add("Host: localhost");
    dav.user().authorization().ifPresent(value -> head.add("Authorization: " + value));
    head.addAll(List.of(fields));
    return RawConnection.open().sendHead(head.toArray(String[]::new));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "PUT /n, Content-Length: 3, new, 201",
    "PUT /n, Transfer-Encoding: chunked, 3~new~0~~, 201",
    "PUT /n, Content-Length: 100000, LARGE, 201",
    "PROPFIND /d, Content-Length: 44, <propfind xmlns=\"DAV:\"><allprop/></propfind>, 207",
    "DELETE /d, Content-Length: 3, new, 204",
    "GET /d, Transfer-Encoding: chunked, 3~new~0~~, 200",
  })
  void expectedContinue_isSaidOnce_beforeTheContent(
      String line, String framing, String content, int expected) throws IOException {
    Dav dav = filled();
    try (RawConnection connection =
        begin(dav, line + " HTTP/1.1", framing, "Expect: 100-continue", "Depth: infinity")) {
      assertEquals(100, connection.receiveHead().status());
      connection.send(content.replace("~", "\r\n").replace("LARGE", "x".repeat(100_000)));
      assertEquals(List.of(), connection.receive().is(expected).interims());
    }
    dav.get("/n").is(line.startsWith("PUT") ? 200 : 404);
  }

  /**
   * Short requests by several at once, each on a connection that is kept: none is lost at the
   * change from one to the next.
   */
  @Test
  void manyRequestsOnKeptConnections_areEachAnswered() {
    Dav dav = filled();
    String get =
        "GET "
            + dav.base()
            + "/d HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + dav.user().authorization().orElseThrow()
            + "\r\n\r\n";
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      Stream.generate(() -> CompletableFuture.runAsync(() -> getAgainAndAgain(get), clients))
          .limit(8)
          .toList()
          .forEach(CompletableFuture::join);
    } finally {
      clients.shutdownNow();
    }
  }

  private static void getAgainAndAgain(String get) {
    try (RawConnection connection = RawConnection.open()) {
      for (int i = 0; i < 4_000; i++) {
        assertEquals("old", connection.send(get).receive().is(200).text());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Nor is the client told to send it first. */
  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource({
    "locked, WRITER, PUT /d, '', 423",
    "condition, WRITER, PUT /d, If-Match: \"x\", 412",
    "no parent, WRITER, PUT /no/n, '', 409",
    "a collection, WRITER, PUT /, '', 405",
    "too much, WRITER, PROPFIND /d, '', 413",
    "more than the disk has, WRITER, PUT /n, '', 507",
    "no credentials, ANONYMOUS, PUT /d, '', 401",
    "no credentials for reading, ANONYMOUS, PROPFIND /d, '', 401",
    "wrong password, ANONYMOUS, PUT /d, Authorization: Basic d3JpdGVyOndyb25n, 401",
    "no role, NOBODY, PUT /d, '', 403",
    "the wrong role, READER, PUT /d, '', 403",
  })
  void refusedRequest_isAnsweredWithoutItsContent(
      String row, User user, String line, String field, int expected) throws IOException {
    Dav dav = filled();
    dav.lock("/d", "exclusive").is(200);
    String more = field.isEmpty() ? "X-Nothing: 1" : field;
    boolean tooMuch = expected == 413 || expected == 507;
    String length = "Content-Length: " + (expected == 507 ? 1L << 59 : 100_000_000);
    for (String framing :
        tooMuch ? List.of(length) : List.of(length, "Transfer-Encoding: chunked")) {
      for (String expect : List.of("Expect: 100-continue", "X-Nothing: 2")) {
        try (RawConnection connection =
            begin(dav.by(user), line + " HTTP/1.1", framing, expect, more)) {
          Response response = connection.receive().is(expected);
          assertEquals(List.of(), response.interims());
          assertEquals("close", response.header("Connection"));
        }
      }
    }
    assertEquals("old", dav.get("/d").text());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Expect: 200-maybe", "Expect: 100-continue, other"})
  void otherExpectation_fails(String expect) throws IOException {
    Dav dav = filled();
    try (RawConnection connection = begin(dav, "PUT /d HTTP/1.1", "Content-Length: 3", expect)) {
      connection.send("new");
      connection.receive().is(417);
    }
    assertEquals("old", dav.get("/d").text());
  }

  @Test
  void chunkedPut_isReceived() throws IOException {
    Dav dav = filled();
    try (RawConnection connection = begin(dav, "PUT /d HTTP/1.1", "Transfer-Encoding: chunked")) {
      connection.send("3\r\nnew\r\n").send("a\r\n and newer\r\n0\r\n\r\n");
      connection.receive().is(204);
      connection.send(dav.request("GET", "/d").bytes());
      assertEquals("new and newer", connection.receive().is(200).text());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "length, Content-Length: 1000, new",
    "large length, Content-Length: 100000000, new",
    "chunked, Transfer-Encoding: chunked, '3~new~'",
    "chunked in a chunk, Transfer-Encoding: chunked, '100~new'",
    "chunked in a size, Transfer-Encoding: chunked, '3~new~1'",
  })
  void interruptedPut_leavesWhatWasThere(String row, String framing, String sent)
      throws IOException {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    for (String path : List.of("/d", "/n")) {
      try (RawConnection connection = begin(dav, "PUT " + path + " HTTP/1.1", framing)) {
        connection.send(sent.replace("~", "\r\n"));
        connection.endSending();
        connection.rest();
      }
    }
    before.assertUnchanged();
  }

  @Test
  void abandonedPut_leavesWhatWasThere() throws IOException {
    Dav dav = filled();
    for (int i = 0; i < 3; i++) {
      RawConnection connection = begin(dav, "PUT /d HTTP/1.1", "Content-Length: 1000000");
      connection.send("x".repeat(500_000));
      connection.close();
    }
    assertEquals("old", dav.get("/d").text());
    dav.put("/d", "new").is(204);
    assertEquals("new", dav.get("/d").text());
  }

  @Test
  void abandonedGet_leavesTheServerToOthers() throws IOException {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[30_000_000];
    dav.request("PUT", "/d").body(content).send().is(201);
    for (int i = 0; i < 30; i++) { // more than some servers have threads
      try (RawConnection connection = begin(dav, "GET /d HTTP/1.1")) {
        assertEquals(200, connection.receiveHead().status());
        connection.exactly(100_000);
      }
    }
    assertEquals(content.length, dav.get("/d").is(200).body().length);
  }

  /** Large responses in line: none overtakes what a slow client has not read yet. */
  @Test
  void pipelinedLargeGets_areAnsweredInOrder() throws IOException {
    Dav dav = Dav.inNewCollection();
    for (int i = 0; i < 5; i++) {
      dav.put("/" + i, String.valueOf(i).repeat(4_000_000)).is(201);
    }
    try (RawConnection connection = RawConnection.open()) {
      for (int i = 0; i < 5; i++) {
        connection.send(dav.request("GET", "/" + i).bytes());
        connection.send(dav.request("PROPFIND", "/" + i).header("Depth", 0).bytes());
      }
      for (int i = 0; i < 5; i++) {
        assertEquals(String.valueOf(i).repeat(4_000_000), connection.receive().is(200).text());
        connection.receive().is(207);
      }
    }
  }

  @Test
  void pipelinedRequests_areAnsweredInOrder() throws IOException {
    Dav dav = filled();
    try (RawConnection connection = RawConnection.open()) {
      for (int i = 0; i < 50; i++) {
        connection.send(dav.request("PUT", "/p" + i).body("content " + i).bytes());
        connection.send(dav.request("GET", "/p" + i).bytes());
        connection.send(dav.request("PROPFIND", "/p" + i).header("Depth", 0).bytes());
        connection.send(dav.request("DELETE", "/p" + i).bytes());
      }
      for (int i = 0; i < 50; i++) {
        connection.receive().is(201);
        assertEquals("content " + i, connection.receive().is(200).text());
        String href = connection.receive().is(207).xml().text("//D:href");
        assertEquals(dav.href("/p" + i), href);
        connection.receive().is(204);
      }
    }
  }

  @Test
  void manyRequests_goOverOneConnection() throws IOException {
    Dav dav = filled();
    try (RawConnection connection = RawConnection.open()) {
      for (int i = 0; i < 300; i++) {
        connection.send(dav.request("GET", "/d").bytes());
        assertEquals("old", connection.receive().is(200).text());
      }
    }
  }

  /** Whatever becomes of the connection, no byte of refused content is read as a request. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"PUT /no/n, 409", "PUT /, 405", "PROPFIND /d, 413", "DELETE /d, 413", "BREW /d, 501"})
  void refusedContent_isNoRequest(String line, int expected) throws IOException {
    Dav dav = filled();
    String smuggled = new String(dav.request("PUT", "/smuggled").body("x").bytes());
    String content = smuggled.repeat(2_000_000 / smuggled.length());
    try (RawConnection connection =
        begin(dav, line + " HTTP/1.1", "Content-Length: " + content.length())) {
      Thread sender = new Thread(() -> sendQuietly(connection, content));
      sender.start();
      connection.receive().is(expected);
    }
    dav.get("/smuggled").is(404);
    dav.get("/d").is(200);
  }

  private static void sendQuietly(RawConnection connection, String content) {
    try {
      connection.send(content);
    } catch (IOException e) {
      // the server closed: it had said all it had to
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"OPTIONS, 200", "GET, 200", "HEAD, 200", "DELETE, 204", "COPY, 201", "MOVE, 201"})
  void contentWithoutMeaning_isTolerated(String method, int expected) throws IOException {
    Dav dav = filled();
    try (RawConnection connection = RawConnection.open()) {
      connection.send(AnyMethod.request(dav, method, "/d").body("<ignored/>").bytes());
      Response response =
          method.equals("HEAD") ? connection.receiveWithoutBody() : connection.receive();
      response.is(expected);
      connection.send(dav.request("PROPFIND", "/").header("Depth", 0).bytes());
      connection.receive().is(207);
    }
  }

  @Test
  void mkcolWithContent_isRefused() {
    Dav dav = filled();
    dav.request("MKCOL", "/c/").body("<x/>").send().is(415);
    dav.get("/c/").is(404);
    dav.request("MKCOL", "/c/").body("").send().is(201);
  }

  @ParameterizedTest(name = "{0} with Connection: {1}")
  @CsvSource({"GET, close", "PROPFIND, close", "GET, keep-alive"})
  void http10_isSpoken(String method, String connectionField) throws IOException {
    Dav dav = filled();
    try (RawConnection connection =
        begin(dav, method + " /d HTTP/1.0", "Depth: 0", "Connection: " + connectionField)) {
      Head head = connection.receiveHead();
      assertEquals(method.equals("GET") ? 200 : 207, head.status());
      assertTrue(head.headers().find("Transfer-Encoding").isEmpty(), head::toString);
      assertFalse(new String(connection.receiveBody(head)).isEmpty());
    }
  }

  @Test
  void http10WithoutHost_isServed() throws IOException {
    Dav dav = filled();
    try (RawConnection connection = RawConnection.open()) {
      connection.sendHead(
          "MOVE " + dav.href("/d") + " HTTP/1.0",
          "Authorization: " + dav.user().authorization().orElseThrow(),
          "Destination: " + dav.url("/n"));
      connection.receive().is(201);
    }
    assertEquals("old", dav.get("/n").text());
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "one field of 15 KiB, 15360, 207",
    "one field of 20 KiB, 20480, 431",
  })
  void lengthOfAField(String row, int length, int expected) throws IOException {
    Dav dav = filled();
    try (RawConnection connection =
        begin(dav, "PROPFIND / HTTP/1.1", "Depth: 0", "X-Long: " + "x".repeat(length))) {
      connection.receive().is(expected);
    }
  }

  @ParameterizedTest(name = "{0} fields: {1}")
  @CsvSource({"150, 207", "600, 400"})
  void numberOfFields(int count, int expected) throws IOException {
    Dav dav = filled();
    List<String> fields = new ArrayList<>(List.of("Depth: 0"));
    for (int i = 0; i < count; i++) {
      fields.add("X-" + i + ": x");
    }
    try (RawConnection connection =
        begin(dav, "PROPFIND / HTTP/1.1", fields.toArray(String[]::new))) {
      connection.receive().is(expected);
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Depth", "Destination", "Overwrite", "If", "Lock-Token", "Content-Range"})
  void fieldThatMustStandAlone_isRefusedTwice(String field) throws IOException {
    Dav dav = filled();
    String method =
        switch (field) {
          case "Depth" -> "PROPFIND";
          case "Lock-Token" -> "UNLOCK";
          case "Content-Range" -> "PUT";
          default -> "MOVE";
        };
    String value = field.equals("Destination") ? dav.url("/n") : "T";
    Response response =
        AnyMethod.request(dav, method, "/d").header(field, value).header(field, value).send();
    response.is(400);
    assertEquals("old", dav.get("/d").text());
  }
}
