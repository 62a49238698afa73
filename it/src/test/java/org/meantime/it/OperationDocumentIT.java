package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/** What can be learnt of an operation that takes long, and who can join it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OperationDocumentIT {
  private static final int SHARE = 4;

  private final Dav dav = Dav.inNewCollection();
  private final String point = "stage" + SlowWork.below(dav, "/a");

  @Deployment(testable = false)
  static WebArchive archive() {
    Map<String, String> settings = new HashMap<>(InterimHttp11IT.EACH_SECOND);
    settings.put("meantime.executor.user", String.valueOf(SHARE));
    settings.put("meantime.operation.page", "2");
    return SlowStore.war(settings);
  }

  @BeforeEach
  void close() {
    dav.mkcol("/a/").is(201);
    dav.put("/a/member", "content").is(201);
    SlowStore.close(point);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  private Request copy() {
    return dav.request("COPY", "/a/").header("Destination", dav.url("/b/"));
  }

  /** A COPY that was accepted and stands at the closed point. */
  private String accepted() {
    return accepted("/b/");
  }

  private String accepted(String to) {
    return dav.request("COPY", "/a/")
        .header("Destination", dav.url(to))
        .header("Prefer", "respond-async")
        .send()
        .is(202)
        .header("Location");
  }

  private static Response browse(String href) {
    return Documents.request(User.WRITER, "GET", href)
        .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .send()
        .is(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                          | application/json
          application/json             | application/json
          text/html                    | text/html;charset=utf-8
          text/html;q=0.5, */*;q=0.1   | text/html;charset=utf-8
          text/html;q=0.5, */*         | application/json
          image/png                    | application/json
          """)
  void theType_isTheOneTheClientPrefers(String accept, String type) {
    for (String href : List.of(accepted(), Documents.ALL)) {
      Response answer =
          Documents.request(User.WRITER, "GET", href).header("Accept", accept).send().is(200);
      assertEquals(type, answer.contentType());
      assertEquals("Accept", answer.header("Vary"));
    }
  }

  @Test
  void thePages_nameWhatRunsAndOfferToCancelIt() {
    String href = accepted();
    for (String page : List.of(href, Documents.ALL)) {
      Response answer = browse(page);
      assertTrue(answer.header("Content-Security-Policy").startsWith("default-src 'none'"));
      String html = answer.text();
      assertTrue(html.contains("<form method=\"post\" action=\"" + href + "\">"), html);
      assertTrue(html.contains("<progress"), html);
      assertTrue(html.contains(dav.href("/a")), html);
    }
  }

  @Test
  void theFilesOfThePages_areServed() {
    String html = browse(Documents.ALL).text();
    for (String file : List.of("operations.css", "operations.js")) {
      assertTrue(html.contains("\"" + Documents.ALL + file + "\""), html);
      assertTrue(Documents.ask(User.WRITER, "GET", Documents.ALL + file).is(200).body().length > 0);
    }
  }

  @Test
  void aFormOfThePage_cancelsAndForgets() {
    String href = accepted();
    Request form =
        Documents.request(User.WRITER, "POST", href)
            .header("Origin", "http://127.0.0.1:" + Server.port())
            .header("Content-Type", "application/x-www-form-urlencoded");
    assertEquals(href, form.body("action=cancel").send().is(303).header("Location"));
    SlowStore.open(point);
    Documents.awaitEnd(href, "cancelled");
    dav.get("/b/member").is(404);
    assertEquals(href, form.body("action=cancel").send().is(303).header("Location"));
    Documents.get(href);
    assertEquals(Documents.ALL, form.body("action=forget").send().is(303).header("Location"));
    Documents.ask(User.WRITER, "GET", href).is(404);
  }

  @ParameterizedTest
  @CsvSource({"http://evil.example", "null"})
  void aFormOfAnotherSite_isRefused(String origin) {
    String href = accepted();
    Documents.request(User.WRITER, "POST", href)
        .header("Origin", origin)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body("action=cancel")
        .send()
        .is(403);
    assertEquals("running", Documents.field(Documents.get(href), "state"));
  }

  @Test
  void events_tellOfProgressAndThenOfTheEnd() throws IOException {
    String href = accepted();
    try (RawConnection connection = RawConnection.open()) {
      Request request =
          Documents.request(User.WRITER, "GET", href).header("Accept", "text/event-stream");
      connection.send(request.bytes());
      Head head = connection.receiveHead();
      assertEquals(200, head.status());
      assertTrue(head.headers().find("Content-Type").orElseThrow().startsWith("text/event-stream"));
      String seen = awaitText(connection, "", "event: progress\ndata: {");
      assertTrue(seen.startsWith("event: progress\n"), seen);
      SlowStore.open(point);
      seen = awaitText(connection, seen, "event: end\n");
      while (!seen.endsWith("\n\n")) {
        seen += chunk(connection);
      }
      assertEquals("done", Documents.field(seen.substring(seen.indexOf("event: end")), "state"));
      assertEquals("", chunk(connection), "nothing follows the end");
    }
  }

  private static String awaitText(RawConnection connection, String before, String wanted)
      throws IOException {
    String seen = before;
    while (!seen.contains(wanted)) {
      String chunk = chunk(connection);
      assertFalse(chunk.isEmpty(), seen);
      seen += chunk;
    }
    return seen;
  }

  private static String chunk(RawConnection connection) throws IOException {
    return new String(connection.chunk(), StandardCharsets.UTF_8);
  }

  @Test
  void whoFollowsTooMuch_isToldSo() throws IOException {
    String href = accepted();
    Request events =
        Documents.request(User.WRITER, "GET", href).header("Accept", "text/event-stream");
    List<RawConnection> following = new ArrayList<>();
    try {
      for (int i = 0; i < SHARE; i++) {
        RawConnection connection = RawConnection.open();
        following.add(connection);
        connection.send(events.bytes());
        assertEquals(200, connection.receiveHead().status());
      }
      assertRefused(events.send());
      assertRefused(Documents.request(User.WRITER, "GET", href).header("Prefer", "wait=50").send());
      Documents.get(href);
    } finally {
      for (RawConnection connection : following) {
        connection.close();
      }
    }
  }

  private static void assertRefused(Response response) {
    assertEquals(503, response.status());
    assertTrue(Integer.parseInt(response.header("Retry-After")) > 0);
    assertTrue(response.text().contains("too many requests of yours"), response.text());
  }

  @Test
  void theList_comesInPages() {
    List<String> begun = List.of(accepted(), accepted("/c/"), accepted("/d/"));
    Response first = Documents.request(User.WRITER, "GET", Documents.ALL).send().is(200);
    assertTrue(first.text().contains(begun.get(2)), first.text());
    assertTrue(first.text().contains(begun.get(1)), first.text());
    assertFalse(first.text().contains(begun.get(0)), first.text());
    Matcher link = Pattern.compile("<(.*)>; rel=\"next\"").matcher(first.header("Link"));
    assertTrue(link.matches(), first.header("Link"));
    assertTrue(Documents.get(link.group(1)).contains(begun.get(0)));
    String older = "<a rel=\"next\" href=\"" + link.group(1) + "\">";
    assertTrue(browse(Documents.ALL).text().contains(older));
    assertTrue(browse(link.group(1)).text().contains("<a href=\"" + Documents.ALL + "\">"));
    Documents.ask(User.WRITER, "GET", Documents.ALL + "?from=x").is(400);
  }

  @Test
  void eventsOfWhatHasEnded_areTheEnd() {
    String href = accepted();
    SlowStore.open(point);
    Documents.awaitEnd(href, "done");
    String events =
        Documents.request(User.WRITER, "GET", href)
            .header("Accept", "text/event-stream")
            .send()
            .is(200)
            .text();
    assertTrue(events.startsWith("event: end\ndata: {"), events);
  }

  @Test
  void whoWaitsForTheEnd_isAnsweredInTime() {
    String href = accepted();
    Response early =
        Documents.request(User.WRITER, "GET", href).header("Prefer", "wait=1").send().is(200);
    assertEquals("wait=1", early.header("Preference-Applied"));
    assertEquals("running", Documents.field(early.text(), "state"));
    SlowStore.open(point);
    Documents.awaitEnd(href, "done");
  }

  @Test
  void theSameRequestAgain_isAnsweredByTheOneThatRuns() throws IOException {
    try (RawConnection first = RawConnection.open();
        RawConnection second = RawConnection.open()) {
      first.send(copy().header("Overwrite", "F").header("Prefer", "processing").bytes());
      PendingResponse one = first.receiving().awaitInterims(1);
      second.send(copy().header("Overwrite", "F").header("User-Agent", "another").bytes());
      PendingResponse two = second.receiving().awaitInterims(1);
      Response accepted =
          copy().header("Overwrite", "F").header("Prefer", "respond-async").send().is(202);
      assertEquals("running", Documents.field(Documents.get(accepted.header("Location")), "state"));
      SlowStore.open(point);
      Response first201 = one.response().is(201);
      two.response().is(201);
      assertEquals(
          accepted.header("Location"),
          first201.interims().get(0).headers().find("Location").orElseThrow());
      assertEquals(1, SlowStore.passed(point), "copied once");
    }
  }

  @Test
  void anotherRequest_isNotJoined() throws IOException {
    try (RawConnection first = RawConnection.open()) {
      first.send(copy().header("Prefer", "processing").bytes());
      PendingResponse one = first.receiving().awaitInterims(1);
      copy()
          .header("Overwrite", "F")
          .header("Depth", "0")
          .header("Prefer", "respond-async")
          .send()
          .is(202);
      SlowStore.awaitWaiting(point, 2);
      SlowStore.open(point);
      one.response();
      assertEquals(2, SlowStore.passed(point));
    }
  }

  @Test
  void whatSentA102_keepsItsAnswerToo() throws IOException {
    SlowStore.close("deadProperties" + SlowWork.below(dav, "/a"));
    try (RawConnection connection = RawConnection.open()) {
      Request propfind = dav.request("PROPFIND", "/a/").header("Depth", "infinity");
      connection.send(propfind.header("Prefer", "processing").bytes());
      PendingResponse answer = connection.receiving().awaitInterims(1);
      SlowStore.open("deadProperties" + SlowWork.below(dav, "/a"));
      Response now = answer.response().is(207);
      String href = now.interims().get(0).headers().find("Location").orElseThrow();
      String json = Documents.awaitEnd(href, "done");
      assertEquals("2", Documents.field(json, "done"));
      Response kept = Documents.ask(User.WRITER, "GET", href + "/result").is(200);
      assertEquals(now.contentType(), kept.contentType());
      assertEquals(now.xml().texts("//D:href"), kept.xml().texts("//D:href"));
    }
  }

  @Test
  void aResultWithoutContent_isNoContent() {
    String href = accepted();
    Documents.ask(User.WRITER, "GET", href + "/result").is(404);
    SlowStore.open(point);
    Documents.awaitEnd(href, "done");
    Documents.ask(User.WRITER, "GET", href + "/result").is(204);
  }

  @Test
  void anUpload_countsItsBytes() throws IOException {
    String put = "put" + SlowWork.below(dav, "/big");
    SlowStore.close(put);
    try (RawConnection connection = RawConnection.open()) {
      Request request = dav.request("PUT", "/big").body(new byte[100_000]);
      connection.send(request.header("Prefer", "processing").bytes());
      Head interim = connection.receiveHead();
      assertEquals(102, interim.status());
      String json = Documents.get(interim.headers().find("Location").orElseThrow());
      assertEquals("100000", Documents.field(json, "bytes"));
      assertEquals("100000", Documents.field(json, "totalBytes"));
      assertEquals("1", Documents.field(json, "total"));
      SlowStore.open(put);
      connection.receive().is(201);
    }
  }
}
