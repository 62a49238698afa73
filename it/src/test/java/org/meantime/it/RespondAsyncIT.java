package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/** Clients that do not wait: a 202, and the document of the operation (RFC 7240). */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RespondAsyncIT {
  private static final int MANY = 600; // more members than a page of the store

  private final Dav dav = Dav.inNewCollection();

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  private Request copy(String prefer) {
    dav.mkcol("/a/").is(201);
    dav.put("/a/member", "content").is(201);
    return dav.request("COPY", "/a/")
        .header("Destination", dav.url("/b/"))
        .header("Prefer", prefer);
  }

  private String point() {
    return "stage" + SlowWork.below(dav, "/a");
  }

  @Test
  void whoDoesNotWait_isAcceptedAndCanAsk() {
    SlowStore.close(point());
    Response accepted = copy("respond-async").send().is(202);
    assertEquals("respond-async", accepted.header("Preference-Applied"));
    String href = accepted.header("Location");
    String running = Documents.get(href);
    assertEquals("running", Documents.field(running, "state"));
    assertEquals("COPY", Documents.field(running, "method"));
    assertEquals(dav.href("/a/"), Documents.field(running, "target"));
    assertFalse(running.contains("endedAt"), running);
    SlowStore.open(point());
    assertEquals("201", Documents.field(Documents.awaitEnd(href, "done"), "status"));
    dav.get("/b/member").is(200);
    Documents.ask(User.WRITER, "DELETE", href).is(204);
    Documents.ask(User.WRITER, "GET", href).is(404);
  }

  @Test
  void whatIsRefusedAtOnce_isNotHiddenBehindA202() {
    copy("respond-async").header("Overwrite", "F").send().is(202);
    dav.request("COPY", "/none")
        .header("Destination", dav.url("/c"))
        .header("Prefer", "respond-async")
        .send()
        .is(404);
    dav.request("COPY", "/a/")
        .header("Destination", dav.url("/no/c"))
        .header("Prefer", "respond-async")
        .send()
        .is(409);
    dav.put("/c", "taken").is(201);
    dav.request("COPY", "/a/")
        .header("Destination", dav.url("/c"))
        .header("Overwrite", "F")
        .header("Prefer", "respond-async")
        .send()
        .is(412);
    dav.lock("/c", "exclusive").is(200);
    dav.request("DELETE", "/c").header("Prefer", "respond-async").send().is(423);
  }

  @Test
  void whoWaits_isAnsweredWhenItEndsInTime() {
    copy("respond-async, wait=1000").send().is(201);
  }

  @Test
  void whoWaitsForAWhile_isAcceptedAfterwards() throws IOException {
    SlowStore.close(point());
    try (RawConnection connection = RawConnection.open()) {
      connection.send(copy("respond-async, wait=2").bytes());
      Response accepted = connection.receive().is(202);
      SlowStore.open(point());
      Documents.awaitEnd(accepted.header("Location"), "done");
      connection.send(Dav.as(User.READER).request("OPTIONS", "/").bytes());
      connection.receive().is(200);
    }
  }

  @Test
  void aCancelledOperation_isUndone() {
    SlowStore.close(point());
    String href = copy("respond-async").send().is(202).header("Location");
    SlowStore.awaitWaiting(point(), 1);
    Documents.ask(User.WRITER, "DELETE", href).is(202);
    assertEquals("cancelling", Documents.field(Documents.get(href), "state"));
    SlowStore.open(point());
    assertEquals("503", Documents.field(Documents.awaitEnd(href, "cancelled"), "status"));
    dav.get("/b/member").is(404);
    dav.get("/a/member").is(200);
  }

  @Test
  void aWaitingClient_isToldThatItsOperationWasCancelled() throws IOException {
    SlowStore.close(point());
    try (RawConnection connection = RawConnection.open()) {
      connection.send(copy("processing").bytes());
      Head interim = connection.receiveHead();
      assertEquals(102, interim.status());
      assertTrue(interim.headers().find("Progress").isPresent());
      String href = interim.headers().find("Location").orElseThrow();
      Documents.ask(User.WRITER, "DELETE", href).is(202);
      SlowStore.open(point());
      connection.receive().is(503);
    }
    dav.get("/b/member").is(404);
  }

  @Test
  void theResult_isThatOfTheRequest() {
    for (int i = 0; i < MANY; i++) {
      dav.put("/d" + i, "x").is(201);
    }
    Response now = dav.request("PROPFIND", "/").header("Depth", "1").send().is(207);
    Request later =
        dav.request("PROPFIND", "/").header("Depth", "1").header("Prefer", "respond-async");
    String href = later.send().is(202).header("Location");
    Documents.awaitEnd(href, "done");
    Response result = Documents.ask(User.WRITER, "GET", href + "/result").is(200);
    assertEquals(now.header("Content-Type"), result.header("Content-Type"));
    assertEquals(now.xml().texts("//D:href"), result.xml().texts("//D:href"));
  }

  @Test
  void others_seeNothing() {
    String href = copy("respond-async").send().is(202).header("Location");
    Documents.ask(User.READER, "GET", href).is(404);
    Documents.ask(User.READER, "DELETE", href).is(404);
    Documents.ask(User.READER, "GET", href + "/result").is(404);
    Documents.ask(User.ANONYMOUS, "GET", href).is(401);
    Documents.ask(User.ADMIN, "GET", href).is(200);
    assertFalse(Documents.ask(User.READER, "GET", Documents.ALL).is(200).text().contains(href));
    assertTrue(Documents.ask(User.ADMIN, "GET", Documents.ALL).is(200).text().contains(href));
  }

  @ParameterizedTest
  @ValueSource(strings = {"result", "/result", "x", "x/result"})
  void whatNamesNoOperation_isNotFound(String path) {
    for (String method : List.of("GET", "HEAD", "DELETE")) {
      Documents.ask(User.WRITER, method, Documents.ALL + path).is(404);
    }
  }

  @Test
  void theirPlace_isNoResource() {
    Dav root = Dav.as(User.WRITER);
    for (String path : new String[] {"/.operations", "/.operations/", "/.operations/x"}) {
      root.put(path, "x").is(405);
      root.mkcol(path).is(405);
    }
    dav.put("/d", "x").is(201);
    dav.request("MOVE", "/d").header("Destination", Server.ROOT + "/.operations/x").send().is(403);
    dav.request("COPY", "/d").header("Destination", Server.ROOT + "/.operations").send().is(403);
  }
}
