package org.meantime.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.PendingResponse;
import org.meantime.it.http.RawConnection;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Jvm;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;

/** An application that was undeployed leaves nothing in the server's JVM. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class RedeployIT {
  private static final String NAME = "slow";
  private static final int ROUNDS = 8;

  /**
   * Applications that may stay in memory however many came and went: the JDK's method handle of
   * Object.equals and idle threads of the server each remember the last they were used for.
   */
  private static final int REMEMBERED = 4;

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500); // a look costs a whole collection

  @ArquillianResource private Deployer deployer;
  private Jmx jmx;
  private Jvm jvm;

  @Deployment(name = NAME, managed = false, testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @BeforeEach
  void connect() throws IOException {
    jmx = Jmx.connect();
    jvm = jmx.jvm();
  }

  @AfterEach
  void disconnect() throws IOException {
    jmx.close();
  }

  @Test
  @EnabledOnOs(OS.LINUX) // which tells the files of another process
  void anApplicationThatWorkedAndEnded_leavesNothingBehind() throws IOException {
    Set<Long> threads = jvm.threads().keySet();
    long applications = applications();
    for (int i = 0; i < ROUNDS; i++) {
      deployer.deploy(NAME);
      try {
        work();
      } finally {
        deployer.undeploy(NAME);
      }
    }
    await(this::openFiles, List::isEmpty);
    await(() -> threadsOtherThan(threads), List::isEmpty);
    await(this::applications, count -> count <= applications + REMEMBERED);
  }

  /** Uses what an application has: both executors, the timer, the store, locks. */
  private static void work() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    dav.put("/a/long", "x".repeat(300_000)).is(201);
    dav.lock("/a/long", "exclusive").is(200);
    dav.proppatch("/", "<D:set><D:prop><Z:a>1</Z:a></D:prop></D:set>").is(207);
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(dav.request("COPY", "/a/").header("Destination", dav.href("/b/")).bytes());
      PendingResponse copy = connection.receiving().awaitInterims(1);
      SlowStore.reset();
      copy.response().is(201);
    }
    dav.propfind("/", "infinity", "<D:allprop/>").is(207);
    dav.get("/b/long").is(200);
    dav.delete("/b/").is(204);
  }

  private long applications() {
    return jvm.loaded("org.meantime.dav.settings.Setting");
  }

  private List<String> threadsOtherThan(Set<Long> known) {
    return jvm.threads().entrySet().stream()
        .filter(thread -> thread.getValue().contains("meantime"))
        .filter(thread -> !known.contains(thread.getKey()))
        .map(thread -> thread.getValue())
        .toList();
  }

  /** Those of any store of this run. */
  private List<String> openFiles() {
    String stores = Server.folder().resolve("store-").toString();
    return jvm.openFiles().stream().filter(file -> file.startsWith(stores)).toList();
  }

  private static <T> void await(Supplier<T> look, Predicate<T> such) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    T found = look.get();
    while (!such.test(found)) {
      if (System.nanoTime() > end) {
        fail("still there: " + found);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
      found = look.get();
    }
  }
}
