package org.meantime.it.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of {@code mvn -Pserve}, from its launcher on. */
@Tag("payara")
@Tag("embedded")
class ServeIT {
  private static final int MANY = 300;

  @TempDir private Path home;

  @Test
  void stoppedServer_findsItsDocumentsAgain() throws Exception {
    try (Served served = Served.start(home, "meantime.propfind.infinity=refuse")) {
      assertTrue(served.awaitReady(), served::output);
      assertEquals(201, served.send("PUT", "a.txt", "kept").statusCode());
      assertEquals(403, served.send("PROPFIND", "", "").statusCode(), "the setting is in force");
      served.terminate();
      assertTrue(served.output().contains("Meantime stopped"), served::output);
    }
    try (Served again = Served.start(home)) {
      assertTrue(again.awaitReady(), again::output);
      assertEquals("kept", again.send("GET", "a.txt", "").body());
      assertEquals(207, again.send("PROPFIND", "", "").statusCode());
    }
  }

  @Test
  void killedServer_tellsWhatBecameOfWhatItWasAt() throws Exception {
    String document;
    try (Served served = Served.start(home)) {
      assertTrue(served.awaitReady(), served::output);
      served.send("MKCOL", "a", "");
      for (int i = 0; i < MANY; i++) {
        assertEquals(201, served.send("PUT", "a/" + i, "x").statusCode());
      }
      HttpResponse<String> accepted =
          served.send("COPY", "a", "", "Destination", "/dav/b", "Prefer", "respond-async");
      assertEquals(202, accepted.statusCode());
      served.kill();
      String location = accepted.headers().firstValue("Location").orElseThrow();
      document = location.substring("/dav/".length());
    }
    try (Served again = Served.start(home)) {
      assertTrue(again.awaitReady(), again::output);
      String told = again.send("GET", document, "").body();
      boolean done = told.contains("\"state\":\"done\"");
      assertEquals(done ? 200 : 404, again.send("GET", "b/0", "").statusCode(), told);
      assertTrue(done || told.contains("rolled back") || told.contains("or not at all"), told);
    }
  }

  @Test
  void serverWhoseLauncherIsKilled_stops() throws Exception {
    try (Served served = Served.start(home)) {
      assertTrue(served.awaitReady(), served::output);
      List<ProcessHandle> server = served.process().descendants().toList();
      served.process().destroyForcibly();
      for (ProcessHandle process : server) {
        process.onExit().get();
      }
      assertEquals(1, server.size());
    }
  }

  @Test
  void runningServer_isJoinedByOneWithItsOwnFolderAndPorts(@TempDir Path otherHome)
      throws Exception {
    try (Served one = Served.start(home)) {
      assertTrue(one.awaitReady(), one::output);
      String port = "port " + one.port() + " is in use";
      assertRefused(Served.start(otherHome, "meantime.port=" + one.port()), port);
      assertRefused(Served.start(home), "the store's home " + home + " is in use");
      try (Served other = Served.start(otherHome)) {
        assertTrue(other.awaitReady(), other::output);
        assertEquals(201, one.send("PUT", "a.txt", "one").statusCode());
        assertEquals(404, other.send("GET", "a.txt", "").statusCode());
      }
    }
  }

  @Test
  void invalidSetting_isNamed() throws Exception {
    assertRefused(
        Served.start(home, "meantime.interim.first=soon"),
        "meantime.interim.first=soon is not valid");
  }

  private static void assertRefused(Served served, String reason) throws Exception {
    try (served) {
      assertNotEquals(0, served.process().waitFor());
      String line = "Meantime did not start: " + reason;
      assertTrue(served.output().contains(line), served::output);
    }
  }
}
