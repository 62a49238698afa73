package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.server.SlowStore;

/** The application is undeployed while operations are at work. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
@Tag("payara")
@Tag("embedded") // looks for threads in the server's JVM, which is the test's
class UndeployIT {
  private static final String NAME = "slow";

  @ArquillianResource private Deployer deployer;
  private boolean deployed;

  @Deployment(name = NAME, managed = false, testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @BeforeEach
  void deploy() {
    deployer.deploy(NAME);
    deployed = true;
  }

  @AfterEach
  void undeploy() {
    if (deployed) {
      deployed = false;
      deployer.undeploy(NAME);
    }
  }

  private static PendingResponse begin(RawConnection connection, Request request)
      throws IOException {
    return connection.send(request.bytes()).receiving();
  }

  private static void check503(PendingResponse answer) {
    answer.response().is(503).header("Retry-After");
  }

  @Test
  void whatListens_isRolledBackAndAnswered503() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    for (int i = 0; i < 300; i++) {
      dav.put("/a/" + i, "").is(201);
    }
    SlowStore.delay("progress", Duration.ofMillis(100));
    try (RawConnection first = RawConnection.open();
        RawConnection second = RawConnection.open();
        RawConnection listing = RawConnection.open()) {
      PendingResponse b = begin(first, copy(dav, "/b/")).awaitInterims(1);
      PendingResponse c = begin(second, copy(dav, "/c/")).awaitInterims(1);
      SlowStore.delay("member", Duration.ofMillis(100));
      PendingResponse members =
          begin(listing, dav.request("PROPFIND", "/a/").header("Depth", "infinity"));
      SlowStore.awaitPassed("member", 1);
      undeploy();
      check503(b);
      check503(c);
      members.failure();
    }
    assertEquals(List.of(), threads());
    deploy();
    dav.get("/b/").is(404);
    dav.get("/c/").is(404);
    dav.get("/a/299").is(200);
  }

  @Test
  void whatDoesNotListen_isAnswered503AndUndone() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    SlowStore.close("createCollection");
    try (RawConnection first = RawConnection.open();
        RawConnection second = RawConnection.open();
        RawConnection third = RawConnection.open()) {
      PendingResponse copy = begin(first, copy(dav, "/b/")).awaitInterims(1);
      PendingResponse mkcol = begin(second, dav.request("MKCOL", "/c/")).awaitInterims(1);
      PendingResponse put = begin(third, dav.request("PUT", "/d").body("content")).awaitInterims(1);
      undeploy();
      check503(copy);
      check503(mkcol);
      check503(put);
    }
    deploy();
    dav.get("/b/").is(404);
    dav.get("/c/").is(404);
    dav.get("/d").is(404);
    dav.mkcol("/c/").is(201);
  }

  private static Request copy(Dav dav, String to) {
    return dav.request("COPY", "/a/").header("Destination", dav.href(to));
  }

  /** Threads that run code of the application or that it made. */
  private static List<String> threads() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(it -> it.getKey().getName().startsWith("meantime") || runsOurs(it.getValue()))
        .map(it -> it.getKey().getName())
        .toList();
  }

  private static boolean runsOurs(StackTraceElement[] stack) {
    return List.of(stack).stream()
        .anyMatch(frame -> frame.getClassName().matches("org\\.meantime\\.(dav|slow)\\..*"));
  }
}
