package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.SocketException;
import java.util.List;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Cut;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.RawHttp2;
import org.meantime.it.http.Request;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Server;

/**
 * Clients that leave in the middle of an upload, in every way there is: content counts only when it
 * came to its proper end. Each row is tried again and again, for what is read when the connection
 * is gone is a race.
 */
@Tag("ours")
class CutOffIT extends Protocol {
  private static final int TIMES = Integer.getInteger("it.cuts", 8);
  private static final String PART = "part of what was to come";
  private static Jmx jmx;

  /** Payara tells nobody who reads from a stream that its connection is gone. */
  @BeforeAll
  static void connect() throws IOException, JMException {
    jmx = Jmx.connect();
    jmx.set("meantime.client.idle", "PT2S");
  }

  @AfterAll
  static void disconnect() throws IOException {
    jmx.close();
  }

  @ParameterizedTest(name = "{0}, TLS: {1}, {2}")
  @CsvSource({
    "length, false, FIN",
    "length, false, RESET",
    "length, true, FIN",
    "length, true, RESET",
    "length, true, CLOSE_NOTIFY",
    "chunked, false, FIN",
    "chunked, false, RESET",
    "chunked, true, FIN",
    "chunked, true, RESET",
    "chunked, true, CLOSE_NOTIFY",
  })
  void http1_leavesWhatWasThere(String framing, boolean tls, Cut cut) throws IOException {
    assumeTrue(!tls || Server.hasHttps(), "not offered: https");
    Dav dav = filled();
    for (int i = 0; i < TIMES; i++) {
      Request put = dav.request("PUT", i % 2 == 0 ? "/d" : "/n" + i);
      put.header(
          framing.equals("length") ? "Content-Length" : "Transfer-Encoding",
          framing.equals("length") ? 1000 : "chunked");
      String part = framing.equals("length") ? PART : "18\r\n" + PART + "\r\n";
      long started = jmx.count("Started");
      try (RawConnection connection = RawConnection.open(tls)) {
        connection.send(put.bytes()).send(part);
        jmx.await("Operations", "Started", is -> ((Number) is).longValue() > started);
        connection.cut(cut);
      }
    }
    assertUntouched(dav);
  }

  @ParameterizedTest(name = "{0}, TLS: {1}, {2}")
  @CsvSource({
    "none, false, FIN",
    "none, false, RESET",
    "none, true, FIN",
    "none, true, RESET",
    "none, true, CLOSE_NOTIFY",
    "1000, false, FIN",
    "1000, true, RESET",
    "1000, true, CLOSE_NOTIFY",
    "none, false, RST_STREAM",
    "none, true, RST_STREAM",
    "none, false, GOAWAY",
    "none, true, GOAWAY",
    "0, false, FIN",
    "0, true, RST_STREAM",
    "0, true, CLOSE_NOTIFY",
  })
  void http2_leavesWhatWasThere(String length, boolean tls, String how) throws IOException {
    assertHttp2LeavesWhatWasThere(length, length.equals("0") ? "" : PART, tls, how);
  }

  /** All that was declared came, but not the end of the stream. */
  @ParameterizedTest(name = "TLS: {0}, {1}")
  @CsvSource({
    "false, FIN",
    "false, RESET",
    "false, RST_STREAM",
    "false, GOAWAY",
    "true, FIN",
    "true, RESET",
    "true, CLOSE_NOTIFY",
    "true, RST_STREAM",
    "true, GOAWAY",
  })
  void http2WithoutItsEnd_leavesWhatWasThere(boolean tls, String how) throws IOException {
    assertHttp2LeavesWhatWasThere(String.valueOf(PART.length()), PART, tls, how);
  }

  private static void assertHttp2LeavesWhatWasThere(
      String length, String part, boolean tls, String how) throws IOException {
    assumeTrue(!tls || Server.hasHttps(), "not offered: https");
    Dav dav = filled();
    for (int i = 0; i < TIMES; i++) {
      Request put = dav.request("PUT", i % 2 == 0 ? "/d" : "/n" + i);
      if (!length.equals("none")) {
        put.header("Content-Length", length);
      }
      long started = jmx.count("Started");
      try (RawHttp2 connection = RawHttp2.open(tls)) {
        connection.head(1, put, false).data(1, part, false);
        jmx.await("Operations", "Started", is -> ((Number) is).longValue() > started);
        leave(connection, how);
      }
    }
    assertUntouched(dav);
  }

  private static void leave(RawHttp2 connection, String how) throws IOException {
    switch (how) {
      case "RST_STREAM" -> connection.reset(1);
      case "GOAWAY" -> connection.goAway().cut(Cut.FIN);
      default -> connection.cut(Cut.valueOf(how));
    }
  }

  /**
   * RFC 9113 §5.1: a stream that the client ended is closed to it; what it sends on is no content.
   */
  @Test
  @Timeout(120)
  void contentAfterTheEnd_isNone() throws IOException {
    for (int i = 0; i < 12; i++) {
      Dav dav = filled();
      boolean tls = Server.hasHttps() && i % 2 == 0;
      try (RawHttp2 connection = RawHttp2.open(tls)) {
        connection.head(1, dav.request("PUT", "/d"), false);
        connection.data(1, "new", true).data(1, "er", false).data(1, "est", true);
        assertTrue(List.of(0, 204).contains(connection.status(1)));
      } catch (SocketException e) {
        // the server was quicker to close
      }
      jmx.await("Operations", "Running", Integer.valueOf(0)::equals);
      assertTrue(List.of("old", "new").contains(dav.get("/d").text()));
    }
  }

  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "old").is(201);
    return dav;
  }

  private static void assertUntouched(Dav dav) {
    jmx.await("Operations", "Running", Integer.valueOf(0)::equals);
    assertEquals("old", dav.get("/d").text());
    assertEquals(2, dav.propfind("/", 1, "<D:prop/>").xml().nodes("//D:response").size());
  }
}
