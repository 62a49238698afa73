package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import java.util.Base64;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.RawHttp2;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** What Payara's engine would take for something else is refused before it is read on. */
@Tag("payara")
class GrizzlyFramingIT extends Protocol {
  private static final int CONNECTIONS = 200;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "two codings, HTTP/1.1, 'Transfer-Encoding: gzip, chunked', 5~hello~0~~",
    "an empty one, HTTP/1.1, 'Transfer-Encoding: , chunked', 5~hello~0~~",
    "chunked twice, HTTP/1.1, 'Transfer-Encoding: chunked, chunked', 5~hello~0~~",
    "another coding, HTTP/1.1, Transfer-Encoding: gzip, 5~hello~0~~",
    "no coding, HTTP/1.1, Transfer-Encoding: identity, 5~hello~0~~",
    "one nobody knows, HTTP/1.1, Transfer-Encoding: xchunked, 5~hello~0~~",
    "a parameter, HTTP/1.1, Transfer-Encoding: chunked;a=b, 5~hello~0~~",
    "folded, HTTP/1.1, 'Transfer-Encoding: gzip,~ chunked', 5~hello~0~~",
    "on two lines, HTTP/1.1, Transfer-Encoding: chunked~Transfer-Encoding: chunked, 5~hello~0~~",
    "HTTP/1.0, HTTP/1.0, Transfer-Encoding: chunked, 5~hello~0~~",
    "HTTP/1.0 to go on, HTTP/1.0, Transfer-Encoding: chunked~Connection: keep-alive, 5~hello~0~~",
    "a length too, HTTP/1.1, Transfer-Encoding: chunked~Content-Length: 15, 5~hello~0~~",
    "a length before it, HTTP/1.1, Content-Length: 15~Transfer-Encoding: chunked, 5~hello~0~~",
    "a length of 0 before it, HTTP/1.1, Content-Length: 0~Transfer-Encoding: chunked, 5~hello~0~~",
    "two before it, HTTP/1.1, CONTENT-LENGTH: 0~content-length: 0~Transfer-Encoding: chunked, 5~hello~0~~",
    "two lengths, HTTP/1.1, Content-Length: 5~Content-Length: 5, hello",
    "two different ones, HTTP/1.1, Content-Length: 0~Content-Length: 5, hello",
    "a plus, HTTP/1.1, Content-Length: +5, hello",
    "a minus, HTTP/1.1, Content-Length: -5, hello",
    "no number, HTTP/1.1, Content-Length: five, hello",
    "2^64 + 5, HTTP/1.1, Content-Length: 18446744073709551621, hello",
    "white space before the colon, HTTP/1.1, Content-Length : 5, hello",
    "an upgrade, HTTP/1.1, 'Content-Length: 5~Connection: Upgrade, HTTP2-Settings~Upgrade: h2c~HTTP2-Settings: AAMAAABkAAQAAP__~Expect: 100-continue', hello",
  })
  void framingThatIsNotUnderstood_isRefused(
      String row, String version, String fields, String content) throws IOException {
    Dav dav = FramingIT.filled();
    FramingIT.assertRefused(dav, FramingIT.request(dav, " " + version, fields, content), 400);
    Dav stranger = dav.by(User.ANONYMOUS);
    String request = FramingIT.request(stranger, " " + version, fields, content);
    FramingIT.assertRefused(stranger, request, 400);
  }

  /** The names with a login are those that Payara would answer itself, without delay. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "%",
        "%.md",
        "%4",
        "%zz",
        "%00",
        "%0a",
        "%7f",
        "%5C",
        "%E4",
        "%C3%28",
        "%c0%ae",
        "j_security_check",
        "%6a_security_chec%6B",
        "a/j_security_check",
        "j_security_check/.",
        "j_security_check;a=b",
        "j_security_check%3Ba",
        "j_security_check;a/b",
        "b;/../j_security_check",
      })
  void urlThatIsNone_isRefusedOnEveryConnector(String name) throws IOException {
    Dav dav = FramingIT.filled();
    Dav stranger = dav.by(User.ANONYMOUS);
    String wrong = "Basic " + Base64.getEncoder().encodeToString("nobody:x".getBytes());
    for (boolean tls : new boolean[] {false, true}) {
      assertRefused(dav.request("PUT", "/" + name), tls);
      assertRefused(stranger.request("PUT", "/" + name), tls);
      assertRefused(stranger.request("PUT", "/" + name).header("Authorization", wrong), tls);
    }
  }

  @ParameterizedTest(name = "Host: {0}")
  @ValueSource(strings = {"a:x", "a:-1", "a:123456", "a b", "a@b", "a/b", "[::1", ":80", ""})
  void hostThatIsNone_isRefusedOnEveryConnector(String host) throws IOException {
    Dav dav = FramingIT.filled();
    String login = User.WRITER.authorization().orElseThrow();
    String target = dav.href("/d");
    String head = "DELETE " + target + " HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: ";
    FramingIT.assertRefused(dav, head + login + "\r\n\r\n", 400);
    for (boolean tls : new boolean[] {false, true}) {
      try (RawHttp2 connection = RawHttp2.open(tls)) {
        connection.fields(
            1,
            true,
            ":method",
            "DELETE",
            ":scheme",
            tls ? "https" : "http",
            ":authority",
            host,
            ":path",
            target,
            "authorization",
            login);
        assertEquals(400, connection.status(1));
      }
      assertEquals("old", dav.get("/d").text());
    }
  }

  private static void assertRefused(Request request, boolean tls) throws IOException {
    try (RawHttp2 connection = RawHttp2.open(tls)) {
      assertEquals(400, connection.head(1, request, true).status(1));
    }
    try (RawConnection connection = RawConnection.open(tls)) {
      Response response = connection.send(request.body("hello").bytes()).receive();
      assertEquals(400, response.status(), response::toString);
      assertTrue(connection.atEnd());
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Content-Length: LENGTH~", "Transfer-Encoding: chunked~"})
  void traceWithContent_isRefusedAndNothingOfItIsARequest(String framing) throws IOException {
    Dav dav = FramingIT.filled();
    String inner = new String(dav.request("PUT", "/smuggled").body("x").bytes());
    String content = framing.startsWith("T") ? "5\r\nhello\r\n0\r\n\r\n" + inner : inner;
    String head = ("TRACE " + dav.href("/d") + " HTTP/1.1~Host: localhost~" + framing + "~");
    head = head.replace("LENGTH", String.valueOf(inner.length())).replace("~", "\r\n");
    FramingIT.assertRefused(dav, head + content, 400);
  }

  /** The answers that nobody reads filled the heap. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pingsWhoseAnswersAreNotRead_endTheConnection(boolean tls) throws IOException {
    Dav dav = FramingIT.filled();
    try (RawHttp2 connection = RawHttp2.open(tls)) {
      assertThrows(
          SocketException.class,
          () -> {
            for (int i = 0; i < 3_000; i++) {
              connection.pings(1_000);
            }
          });
    }
    dav.get("/d").is(200);
  }

  /**
   * Two kinds of connection that deadlocked the threads of the listener, without credentials, and
   * whatever they ask for.
   */
  @ParameterizedTest(name = "{0}, outside the application: {1}")
  @CsvSource({
    "goes away, false",
    "past the window, false",
    "goes away, true",
    "past the window, true",
  })
  void http2ConnectionsThatEndInTheMiddle_holdNoThread(String how, boolean outside)
      throws IOException {
    Dav dav = FramingIT.filled();
    String path = outside ? "/" : dav.href("/d");
    for (int i = 0; i < CONNECTIONS; i++) {
      endInTheMiddle(path, how);
    }
    try (Jmx jmx = Jmx.connect()) {
      dav.get("/d").is(200);
      assertEquals(0, jmx.jvm().deadlocked());
    }
    try (RawHttp2 another = RawHttp2.open(true)) {
      assertEquals(200, another.head(1, dav.request("GET", "/d"), true).status(1));
    }
  }

  private static void endInTheMiddle(String path, String how) {
    try (RawHttp2 connection = RawHttp2.open(true)) {
      String[] put = {
        ":method", "PUT", ":scheme", "https", ":authority", Server.authority(), ":path", path
      };
      connection.fields(1, false, put).data(1, "begun", false);
      if (how.equals("goes away")) {
        connection.goAway();
      } else {
        for (int i = 0; i < 9; i++) {
          connection.data(1, "x".repeat(16_000), false);
        }
      }
    } catch (IOException e) {
      assertTrue(e.getMessage() != null, "the server may end it first");
    }
  }

  @Test
  void credentialsInAnotherCase_areStillSeen() throws IOException { // the head is looked at only
    Dav dav = FramingIT.filled();
    String basic = Base64.getEncoder().encodeToString("nobody:x".getBytes());
    String get = "GET " + dav.href("/d") + " HTTP/1.1\r\nHost: x\r\nauthorization: basic " + basic;
    try (RawConnection connection = RawConnection.open(false)) {
      assertEquals(401, connection.send(get + "\r\n\r\n").receive().status());
    }
  }
}
