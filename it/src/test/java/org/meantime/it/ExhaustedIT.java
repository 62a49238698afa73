package org.meantime.it;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;
import org.meantime.it.server.SlowStore;

/** An executor of the administrator's that has two threads and no queue. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ExhaustedIT {
  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(Map.of("meantime.executor", "concurrent/two"));
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  private static RawConnection copyThatStands(Dav dav, String to) throws IOException {
    RawConnection connection = RawConnection.open();
    connection.send(dav.request("COPY", "/a/").header("Destination", dav.url(to)).bytes());
    return connection;
  }

  @Test
  void oneTooMany_is503AtOnceAndShortRequestsAreServed() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    SlowStore.close("stage");
    try (RawConnection first = copyThatStands(dav, "/b/");
        RawConnection second = copyThatStands(dav, "/c/")) {
      SlowStore.awaitWaiting("stage", 2);
      dav.copy("/a/", "/d/").is(503).header("Retry-After");
      dav.request("PROPFIND", "").header("Depth", "infinity").send().is(503).header("Retry-After");
      dav.get("/a/").is(200);
      dav.mkcol("/e/").is(201);
      SlowStore.open("stage");
      first.receive().is(201);
      second.receive().is(201);
    }
    awaitRoom(() -> dav.copy("/a/", "/d/")).is(201);
  }

  /** The answer comes a moment before its thread is free. */
  private static Response awaitRoom(Supplier<Response> request) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    Response response = request.get();
    while (response.status() == 503 && System.nanoTime() < end) {
      response = request.get();
    }
    return response;
  }
}
