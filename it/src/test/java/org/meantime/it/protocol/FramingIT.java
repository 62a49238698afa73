package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
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
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * Where a request ends must be plain, or another party takes a part of it for the next (RFC 9112
 * §11.2): it is refused and the connection closed, nothing is stored, and nothing that follows is a
 * request. In the tables {@code ~} is CRLF, {@code |} a line feed and {@code ^} a carriage return.
 */
class FramingIT extends Protocol {
  static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "old").is(201);
    return dav;
  }

  private static String bytes(String text) {
    return text.replace("~", "\r\n").replace('|', '\n').replace('^', '\r');
  }

  /** The head of a PUT, and what follows; then a request that must not be one. */
  static String request(Dav dav, String line, String fields, String content) {
    return head(dav, line, fields)
        + bytes(content)
        + new String(dav.by(User.WRITER).request("PUT", "/smuggled").body("x").bytes());
  }

  private static String head(Dav dav, String line, String fields) {
    return bytes("PUT " + dav.href("/d") + line + "~Host: localhost~")
        + dav.user().authorization().map(value -> "Authorization: " + value + "\r\n").orElse("")
        + bytes(fields + "~~");
  }

  static void assertRefused(Dav dav, String request, int expected) throws IOException {
    for (boolean tls : Server.hasHttps() ? new boolean[] {false, true} : new boolean[] {false}) {
      try (RawConnection connection = RawConnection.open(tls)) {
        Response response = connection.send(request).receive();
        assertEquals(expected, response.status(), response::toString);
        assertFalse(response.text().contains("\tat "), response::toString);
        assertTrue(connection.atEnd());
      }
    }
    assertEquals("old", dav.by(User.WRITER).get("/d").text());
    dav.by(User.WRITER).get("/smuggled").is(404);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "text, '{\"a\": 1}~'",
    "a form, a=b&c=d~",
    "no size, ~hello~0~~",
    "a line without a size, ;x~hello~0~~",
    "a letter after the size, 5g~hello~0~~",
    "a dot, 5.0~hello~0~~",
    "an underscore, 5_~hello~0~~",
    "a minus, -5~hello~0~~",
    "a plus, +5~hello~0~~",
    "a prefix, 0x5~hello~0~~",
    "white space before it, ' 5~hello~0~~'",
    "too many digits, 10000000000000005~hello~0~~",
    "digits that overflow, 1000000000000000000000000000000005~hello~0~~",
    "a line feed ends the size, 5|hello~0~~",
    "a carriage return ends it, 5^hello~0~~",
    "a line feed in the extension, 5;a|b~hello~0~~",
    "a NUL in the extension, 5;a\u0000b~hello~0~~",
    "no line end after the data, 5~hello5~world0~~",
    "no line end before the last chunk, 5~hello0~~",
    "more data than the size, 5~helloworld~0~~",
    "a line feed after the data, 5~hello|0~~",
    "spaces after the data, '5~hello  ~0~~'",
    "text for the last chunk, 5~hello~end~~",
    "a line feed ends the last chunk, 5~hello~0|~",
    "a line feed ends the trailers, 5~hello~0~a: b|~",
    "a folded trailer, '5~hello~0~ a: b~~'",
    "a line feed ends all, 5~hello~0~|",
  })
  void chunksThatAreNone_areRefused(String row, String content) throws IOException {
    Dav dav = filled();
    assertRefused(dav, request(dav, " HTTP/1.1", "Transfer-Encoding: chunked", content), 400);
  }

  @Tag("wildfly")
  @ParameterizedTest(name = "{0}: {4}")
  @CsvSource({
    "two codings, HTTP/1.1, 'Transfer-Encoding: gzip, chunked', 5~hello~0~~, 501",
    "an empty one, HTTP/1.1, 'Transfer-Encoding: , chunked', 5~hello~0~~, 501",
    "chunked twice, HTTP/1.1, 'Transfer-Encoding: chunked, chunked', 5~hello~0~~, 501",
    "another coding, HTTP/1.1, Transfer-Encoding: gzip, 5~hello~0~~, 501",
    "no coding, HTTP/1.1, Transfer-Encoding: identity, 5~hello~0~~, 501",
    "one nobody knows, HTTP/1.1, Transfer-Encoding: xchunked, 5~hello~0~~, 501",
    "a parameter, HTTP/1.1, Transfer-Encoding: chunked;a=b, 5~hello~0~~, 501",
    "a vertical tab, HTTP/1.1, 'Transfer-Encoding: \u000bchunked', 5~hello~0~~, 501",
    "folded, HTTP/1.1, 'Transfer-Encoding: gzip,~ chunked', 5~hello~0~~, 501",
    "on two lines, HTTP/1.1, Transfer-Encoding: chunked~Transfer-Encoding: chunked, 5~hello~0~~, 400",
    "HTTP/1.0, HTTP/1.0, Transfer-Encoding: chunked, 5~hello~0~~, 400",
    "HTTP/1.0 to go on, HTTP/1.0, Transfer-Encoding: chunked~Connection: keep-alive, 5~hello~0~~, 400",
    "a length too, HTTP/1.1, Transfer-Encoding: chunked~Content-Length: 15, 5~hello~0~~, 400",
    "a length of 0 too, HTTP/1.1, Content-Length: 0~Transfer-Encoding: chunked, 5~hello~0~~, 400",
    "two lengths, HTTP/1.1, Content-Length: 5~Content-Length: 5, hello, 400",
    "two different ones, HTTP/1.1, Content-Length: 0~Content-Length: 5, hello, 400",
    "a list, HTTP/1.1, 'Content-Length: 5, 5', hello, 400",
    "a plus, HTTP/1.1, Content-Length: +5, hello, 400",
    "a minus, HTTP/1.1, Content-Length: -5, hello, 400",
    "another base, HTTP/1.1, Content-Length: 0x5, hello, 400",
    "no number, HTTP/1.1, Content-Length: five, hello, 400",
    "2^64, HTTP/1.1, Content-Length: 18446744073709551616, hello, 400",
    "2^64 + 5, HTTP/1.1, Content-Length: 18446744073709551621, hello, 400",
    "2^63, HTTP/1.1, Content-Length: 9223372036854775808, hello, 400",
    "white space before the colon, HTTP/1.1, Content-Length : 5, hello, 400",
  })
  void framingThatIsNotUnderstood_isRefused(
      String row, String version, String fields, String content, int expected) throws IOException {
    Dav dav = filled();
    assertRefused(dav, request(dav, " " + version, fields, content), expected);
  }

  /** Before the credentials are looked at. */
  @Tag("wildfly")
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Content-Length: 18446744073709551616, 400",
    "Content-Length: five, 400",
    "'Transfer-Encoding: gzip, chunked', 501",
  })
  void strangers_areToldNoMore(String fields, int expected) throws IOException {
    Dav dav = filled().by(User.ANONYMOUS);
    assertRefused(dav, request(dav, " HTTP/1.1", fields, "hello"), expected);
  }

  /** What other servers take is taken here too. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "plain, 5~hello~0~~",
    "capitals, 0A~hellohello~0~~",
    "leading zeros, 0000005~hello~0000~~",
    "one byte each, 1~h~1~e~1~l~1~l~1~o~0~~",
  })
  void chunks_areTaken(String row, String content) throws IOException {
    Dav dav = filled();
    assertTaken(dav, "Transfer-Encoding: chunked", content);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "an extension, 5;a=b;c~hello~0~~",
    "white space before it, '5 ;a~hello~0;z~~'",
    "a padded size, '5  ~hello~0 ~~'",
    "trailers, 5~hello~0~a: b~c: d~~",
  })
  void chunksWithMore_areTaken(String row, String content) throws IOException {
    Dav dav = filled();
    assertTaken(dav, "Transfer-Encoding: Chunked", content);
  }

  private static void assertTaken(Dav dav, String field, String content) throws IOException {
    String put = request(dav, " HTTP/1.1", field, content);
    try (RawConnection connection = RawConnection.open()) {
      connection.send(put).receive().is(204);
      connection.receive().is(201);
    }
    assertTrue(dav.get("/d").text().startsWith("hello"));
    assertEquals("x", dav.get("/smuggled").text());
  }

  @ParameterizedTest(name = "{0} bytes at a time")
  @ValueSource(ints = {1, 7, 16_384, 70_000, 1_000_000})
  void largeChunks_comeByteForByte(int size) throws IOException {
    Dav dav = filled();
    String content = "0123456789abcdef".repeat(200_000 / 16 * (size == 1 ? 1 : 16));
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < content.length(); i += size) {
      String chunk = content.substring(i, Math.min(content.length(), i + size));
      chunks
          .append(Integer.toHexString(chunk.length()))
          .append("\r\n")
          .append(chunk)
          .append("\r\n");
    }
    assertTakenWhole(dav, chunks + "0\r\n\r\n", content);
  }

  private static void assertTakenWhole(Dav dav, String chunks, String content) throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(head(dav, " HTTP/1.1", "Transfer-Encoding: chunked"));
      connection.send(chunks).receive().is(204);
    }
    assertTrue(content.equals(dav.get("/d").text()));
  }

  /** RFC 9113 §8.1.1; again and again, for the engine resets the stream while it is read. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "less than its length, content-length, 6",
    "more, content-length, 4",
    "no number, content-length, five",
    "none was to come, content-length, 0",
    "far below 0, content-length, -2",
    "a length of 2^64 + 5, content-length, 18446744073709551621",
    "two lengths, content-length, '5, 5'",
  })
  void http2LengthThatIsWrong_isRefused(String row, String name, String value) throws IOException {
    assertRefusedInHttp2(name, value);
  }

  /** Grizzly says -1 where there is no length, and forgets that there was one. */
  @Tag("wildfly")
  @Test
  void http2LengthBelowZero_isRefused() throws IOException {
    assertRefusedInHttp2("content-length", "-1");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a coding, transfer-encoding, chunked",
    "a connection, connection, keep-alive",
    "to keep alive, keep-alive, timeout=5",
    "to a proxy, proxy-connection, keep-alive",
    "an upgrade, upgrade, websocket",
  })
  void http2FramingThatIsNone_isRefused(String row, String name, String value) throws IOException {
    assertRefusedInHttp2(name, value);
  }

  private static void assertRefusedInHttp2(String name, String value) throws IOException {
    Dav dav = filled();
    for (int i = 0; i < 12; i++) {
      for (boolean tls : Server.hasHttps() ? new boolean[] {false, true} : new boolean[] {false}) {
        Request put = dav.request("PUT", "/d").header(name, value);
        try (RawHttp2 connection = RawHttp2.open(tls)) {
          connection.head(1, put, false).data(1, "hel", false).data(1, "lo", true);
          assertTrue(List.of(0, 400).contains(connection.status(1)));
        } catch (java.net.SocketException e) {
          // the server was quicker to close
        }
        assertEquals("old", dav.get("/d").text());
      }
    }
  }

  /** RFC 9113 §6.10; Undertow takes what it has read for all where a frame ends there. */
  @ParameterizedTest(name = "which ends the stream: {0}")
  @ValueSource(booleans = {true, false})
  void http2HeadInTwoFrames_isReadToItsEnd(boolean end) throws IOException {
    Dav dav = filled();
    for (int i = 0; i < 20; i++) { // it depends on what the server reads at once
      try (RawHttp2 connection = RawHttp2.open(false)) {
        Request put = dav.request("PUT", "/d").header("If-Match", "\"another\"");
        connection.headInTwoFrames(1, put, end);
        if (!end) {
          connection.data(1, "hello", true);
        }
        assertEquals(412, connection.status(1));
      }
      assertEquals("old", dav.get("/d").text());
    }
  }

  /** RFC 9113 §8.1: trailers have no pseudo fields, and change nothing of what was asked. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({":path, /meantime/dav/other", ":method, DELETE", ":status, 200"})
  void http2PseudoFieldInTrailers_isRefused(String name, String value) throws IOException {
    Dav dav = filled();
    try (RawHttp2 connection = RawHttp2.open(false)) {
      connection.head(1, dav.request("PUT", "/d"), false).data(1, "hello", false);
      connection.fields(1, true, name, value);
      assertTrue(List.of(0, 400).contains(connection.status(1)));
    }
    assertEquals("old", dav.get("/d").text());
  }

  /**
   * Undertow closes the connection itself where an escape is none, and leaves the rest to the
   * application, which asks who it is first.
   */
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {"/%.md", "/%", "/%zz", "/c%", "/c%2", "/%00", "/c%5Cm", "/c\\m", "/%E4", "/%C3"})
  void http2UrlThatIsNone_changesNothing(String path) throws IOException {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    for (boolean tls : Server.hasHttps() ? new boolean[] {false, true} : new boolean[] {false}) {
      assertRefusedInHttp2(dav, path, tls, List.of(0, 400));
      assertRefusedInHttp2(dav.by(User.ANONYMOUS), path, tls, List.of(0, 400, 401));
    }
    before.assertUnchanged();
  }

  private static void assertRefusedInHttp2(
      Dav dav, String path, boolean tls, List<Integer> expected) throws IOException {
    for (String method : AnyMethod.WRITING) {
      try (RawHttp2 connection = RawHttp2.open(tls)) {
        connection.head(1, AnyMethod.request(dav, method, path), true);
        assertTrue(expected.contains(connection.status(1)), method);
      }
    }
  }
}
