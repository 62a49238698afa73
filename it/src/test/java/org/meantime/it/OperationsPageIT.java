package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.JsonValue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.client.Chromium;
import org.meantime.it.client.Chromium.Element;
import org.meantime.it.client.Chromium.Key;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/** The pages of operations, as people see them in Chromium. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class OperationsPageIT {
  private static final String CANCEL = "//button[.='Cancel']";

  private final Dav dav = Dav.inNewCollection();

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  /** Where the copy of a member stands before it counts. */
  private String point(String member) {
    return "progress" + SlowWork.below(dav, member);
  }

  /** A deep COPY to {@code /copy}, in this order: of the collection, 1, 2, 2/3. */
  private Request copy(User user, String name) {
    dav.mkcol(name + "/").is(201);
    dav.put(name + "/1", "content").is(201);
    dav.mkcol(name + "/2/").is(201);
    dav.put(name + "/2/3", "content").is(201);
    return dav.by(user)
        .request("COPY", name + "/")
        .header("Destination", dav.url("/copy/"))
        .header("Overwrite", "F");
  }

  /** The document of such a COPY, which nobody waits for, when it has done two of its members. */
  private String begin(User user, String name) {
    SlowStore.close(point(name + "/2"));
    Request copy = copy(user, name).header("Prefer", "respond-async");
    String href = copy.send().is(202).header("Location");
    SlowStore.awaitWaiting(point(name + "/2"), 1);
    return href;
  }

  private static String row(String href) {
    return "//tr[.//a[@href='" + href + "']]";
  }

  private static String state(String state) {
    return "[.//*[@class='state']='" + state + "']";
  }

  private static String progress(int done) {
    return "[.//progress[@value='" + done + "'][@max='4']][contains(., '" + done + " of 4')]";
  }

  @Test
  void aDeepCopy_isFollowedOnTheList_cancelled_andRolledBack() throws Exception {
    SlowStore.close(point("/a/2"));
    SlowStore.close(point("/a/2/3"));
    try (Chromium chromium = Chromium.open(User.WRITER).go(Documents.ALL);
        RawConnection connection = RawConnection.open()) {
      chromium.run("window.notReloaded = true");
      connection.send(copy(User.WRITER, "/a").header("Prefer", "processing").bytes());
      PendingResponse answer = connection.receiving();
      String row = "//tr[contains(., '" + SlowWork.below(dav, "/a") + "')]";
      chromium.await(row + state("running") + progress(2));
      SlowStore.open(point("/a/2"));
      chromium.await(row + state("running") + progress(3));
      assertEquals(JsonValue.TRUE, chromium.run("return window.notReloaded"));

      chromium.await(row + CANCEL).click();
      chromium.await(row + state("cancelling") + "[not(.//button)]");
      SlowStore.open(point("/a/2/3"));
      answer.response().is(503);
      chromium.await(row + state("cancelled") + "[contains(., '503')][not(.//progress)]");
      chromium.await("//*[@role='status'][contains(., 'cancelled')]");
      chromium.go(Documents.ALL).await(row + state("cancelled"));
    }
    dav.get("/copy/").is(404);
    dav.get("/a/2/3").is(200);
  }

  @Test
  void oneOperation_isFollowedToItsEnd_andForgotten() throws Exception {
    String href = begin(User.WRITER, "/a");
    SlowStore.close(point("/a/2/3"));
    try (Chromium chromium = Chromium.open(User.WRITER).go(href)) {
      chromium.run("window.notReloaded = true");
      chromium.await(row(href) + state("running") + progress(2));
      SlowStore.open(point("/a/2"));
      chromium.await(row(href) + state("running") + progress(3));
      SlowStore.open(point("/a/2/3"));
      chromium.await(row(href) + state("done") + "[contains(., '201')][contains(., '4 of 4')]");
      chromium.await("//*[@role='status'][.='The operation is done.']");
      assertEquals(JsonValue.TRUE, chromium.run("return window.notReloaded"));
      chromium.await("//button[.='Forget']").click();
      chromium.await("//h1[.='Operations']");
      chromium.await("//table[not(." + row(href) + ")]");
    }
    Documents.ask(User.WRITER, "GET", href).is(404);
  }

  @Test
  void whatFails_isShownToHaveFailed() throws Exception {
    String href = begin(User.WRITER, "/a");
    try (Chromium chromium = Chromium.open(User.WRITER).go(href)) {
      SlowStore.fail(point("/a/2"), "FULL");
      SlowStore.open(point("/a/2"));
      chromium.await(row(href) + state("failed") + "[contains(., '507')]");
      chromium.await("//nav//a[@href='" + href + "/result']");
    }
  }

  @Test
  void withoutScripts_thePageIsATableThatCancels() throws Exception {
    String href = begin(User.WRITER, "/a");
    try (Chromium chromium = Chromium.openWithoutScripts(User.WRITER).go(Documents.ALL)) {
      chromium.await(row(href) + state("running") + progress(2) + CANCEL).click();
      chromium.await(row(href) + state("cancelling"));
      assertEquals(href, chromium.path());
      SlowStore.open(point("/a/2"));
      chromium.await(row(href) + state("cancelled"));
    }
    dav.get("/copy/").is(404);
  }

  @Test
  void othersOperations_areSeenAndCancelledByAnAdministratorOnly() throws Exception {
    String mine = begin(User.WRITER, "/a");
    String others = begin(User.WRITER2, "/b");
    try (Chromium writer = Chromium.open(User.WRITER).go(Documents.ALL)) {
      writer.await("//table[." + row(mine) + "][not(." + row(others) + ")]");
    }
    try (Chromium admin = Chromium.open(User.ADMIN).go(Documents.ALL)) {
      admin.await(row(mine) + "[td='" + User.WRITER.username() + "']");
      admin.await(row(others) + "[td='" + User.WRITER2.username() + "']" + CANCEL).click();
      admin.await(row(others) + state("cancelling"));
      SlowStore.open(point("/b/2"));
      admin.await(row(others) + state("cancelled"));
    }
    assertEquals("running", Documents.field(Documents.get(mine), "state"));
  }

  @Test
  void thePage_canBeReadAloudAndUsedByKeyboard() throws Exception {
    String href = begin(User.WRITER, "/a");
    String what = "COPY %s to %s".formatted(dav.href("/a"), dav.href("/copy"));
    try (Chromium chromium = Chromium.open(User.WRITER).go(Documents.ALL)) {
      Element bar = chromium.await(row(href) + "//progress");
      assertEquals("progressbar", bar.role());
      assertEquals(what, bar.label());
      assertEquals("status", chromium.await("//p[contains(., 'under way')]").role());
      chromium.await("//html[@lang]//table[.//th][not(.//th[not(@scope='col')])]");
      Set<String> names =
          chromium.awaitAll("//button").stream().map(Element::label).collect(Collectors.toSet());
      assertEquals(chromium.awaitAll("//button").size(), names.size(), "each has its own name");
      assertTrue(names.contains("Cancel " + what), names::toString);

      int stops = chromium.awaitAll("//a | //button").size();
      for (int i = 0; !chromium.focused().label().equals("Cancel " + what); i++) {
        assertNotEquals(stops, i, "not reached");
        chromium.press(Key.TAB);
      }
      chromium.press(Key.ENTER);
      chromium.await("//h1[.='" + what + "']");
      chromium.await(row(href) + state("cancelling"));
    }
  }

  @Test
  void namesOfResources_areText() throws Exception {
    String name = "\"'><script>alert(1)<";
    String href = begin(User.WRITER, "/%22'%3E%3Cscript%3Ealert(1)%3C");
    for (String page : new String[] {Documents.ALL, href}) {
      try (Chromium chromium = Chromium.open(User.WRITER).go(page)) {
        String shown = chromium.await(row(href)).text();
        assertTrue(shown.contains(name + " → "), shown);
        assertTrue(shown.contains(name + "/1"), shown);
        String label = chromium.await(row(href) + CANCEL).label();
        assertTrue(label.contains(name + " to "), label);
        assertEquals(1, chromium.awaitAll("//script").size());
      }
    }
  }
}
