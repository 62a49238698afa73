package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.LockRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.request.UnlockRequest;
import org.meantime.dav.settings.Settings;

class RequestParserTest {
  private static final int MAX = 100;
  private static final Settings SETTINGS =
      new Settings(
          key -> Optional.of(String.valueOf(MAX)).filter(max -> key.equals("meantime.xml.max")));
  private static final Caller ALICE = new Caller("alice", false);

  private static DavRequest parse(FakeRequest fake) {
    HttpServletRequest request = fake.servlet();
    try {
      return new RequestParser(request, FakeRequest.contentOf(request), SETTINGS, path -> path)
          .parse(ALICE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int refusal(FakeRequest fake) {
    return assertThrows(DavException.class, () -> parse(fake)).status().code();
  }

  /** A request of that method that lacks nothing. */
  private static FakeRequest request(String method) {
    FakeRequest request = new FakeRequest(method, "/dav/a");
    switch (method) {
      case "COPY", "MOVE" -> request.header("Destination", "/dav/b");
      case "UNLOCK" -> request.header("Lock-Token", "<urn:uuid:1>");
      case "PROPPATCH" ->
          request.content(
              "<propertyupdate xmlns='DAV:'><remove><prop><a/></prop></remove></propertyupdate>");
      default -> {} // needs nothing
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "OPTIONS, OptionsRequest",
    "GET, GetRequest",
    "HEAD, GetRequest",
    "PUT, PutRequest",
    "MKCOL, MkcolRequest",
    "DELETE, DeleteRequest",
    "COPY, CopyRequest",
    "MOVE, MoveRequest",
    "PROPFIND, PropfindRequest",
    "PROPPATCH, ProppatchRequest",
    "LOCK, LockRequest",
    "UNLOCK, UnlockRequest"
  })
  void aMethod_becomesItsRecord(String method, String record) {
    DavRequest request = parse(request(method));
    assertEquals(record, request.getClass().getSimpleName());
    assertEquals("/a", request.head().target().toString());
    assertEquals("/dav", request.head().base());
    assertEquals(ALICE, request.head().caller());
  }

  @ParameterizedTest
  @CsvSource({
    "POST, 405",
    "PATCH, 405",
    "TRACE, 405",
    "CONNECT, 405",
    "BREW, 501",
    "get, 501",
    "'', 501"
  })
  void aMethodWeLack_isRefused(String method, int status) {
    assertEquals(status, refusal(request(method)));
  }

  @ParameterizedTest
  @CsvSource({
    "PROPFIND, '', infinity",
    "PROPFIND, 0, 0",
    "PROPFIND, 1, 1",
    "PROPFIND, Infinity, infinity",
    "PROPFIND, 2, 400",
    "PROPFIND, '0, 1', 400",
    "COPY, '', infinity",
    "COPY, 0, 0",
    "COPY, infinity, infinity",
    "COPY, 1, 400",
    "LOCK, '', infinity",
    "LOCK, 0, 0",
    "LOCK, infinity, infinity",
    "LOCK, 1, 400",
    "MOVE, '', infinity",
    "MOVE, infinity, infinity",
    "MOVE, 0, 0",
    "MOVE, 1, 400",
    "DELETE, '', infinity",
    "DELETE, infinity, infinity",
    "DELETE, 0, 0",
    "DELETE, 1, 400",
    "GET, none, 0",
    "PUT, none, 0",
    "PROPPATCH, none, 0",
    "UNLOCK, none, 0"
  })
  void aDepth_isDefaultedOrRefusedByItsMethod(String method, String field, String expected) {
    FakeRequest request = request(method);
    if (!field.isEmpty()) {
      request.header("Depth", field);
    }
    if (expected.equals("400")) {
      assertEquals(400, refusal(request));
    } else {
      assertEquals(Depth.parse(expected), parse(request).depth());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', true",
    "T, true",
    "F, false",
    "t, true",
    "f, false",
    "true, 400",
    "'T, F', 400",
    "\"T\", 400"
  })
  void overwrite_isTrueWhereAbsent(String field, String expected) {
    FakeRequest copy = request("COPY");
    FakeRequest move = request("MOVE");
    if (!field.isEmpty()) {
      copy.header("Overwrite", field);
      move.header("Overwrite", field);
    }
    if (expected.equals("400")) {
      assertEquals(400, refusal(copy));
      assertEquals(400, refusal(move));
    } else {
      boolean overwrite = Boolean.parseBoolean(expected);
      assertEquals(overwrite, ((CopyRequest) parse(copy)).overwrite());
      assertEquals(overwrite, ((MoveRequest) parse(move)).overwrite());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "PROPFIND, Depth, 0",
    "COPY, Destination, /dav/c",
    "MOVE, Overwrite, T",
    "GET, Range, bytes=0-1",
    "UNLOCK, Lock-Token, <urn:uuid:2>",
    "PUT, If, (<urn:uuid:2>)"
  })
  void aFieldThatStandsAlone_isRefusedTwice(String method, String name, String value) {
    FakeRequest request = request(method).header(name, value).header(name, value);
    assertEquals(400, refusal(request));
  }

  @ParameterizedTest
  @CsvSource({
    "no destination, COPY, Destination, '', 400",
    "no lock token, UNLOCK, Lock-Token, '', 400",
    "destination elsewhere, MOVE, Destination, http://other.example/dav/b, 502",
    "destination outside the store, MOVE, Destination, /other/b, 502",
    "part of a document, PUT, Content-Range, bytes 0-1/2, 400",
    "gzip, PUT, Content-Encoding, gzip, 415",
    "gzip in XML, PROPFIND, Content-Encoding, gzip, 415",
    "unknown expectation, PUT, Expect, magic, 417",
    "star and tags, PUT, If-Match, '*, \"a\"', 400",
    "tags and star, PUT, If-None-Match, '\"a\", *', 400"
  })
  void aFieldThatMakesNoSense_isRefused(
      String what, String method, String name, String value, int status) {
    FakeRequest request = request(method).without(name);
    if (!value.isEmpty()) {
      request.header(name, value);
    }
    assertEquals(status, refusal(request), what);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, Expect, 100-Continue",
    "PUT, Content-Encoding, 'Identity, , IDENTITY'",
    "PUT, Depth, none",
    "MOVE, Depth, INFINITY",
    "LOCK, Timeout, tomorrow"
  })
  void aLiteralInAnotherCase_orNotLookedAt_isNoObstacle(String method, String name, String value) {
    assertEquals(200, accepted(request(method).header(name, value)));
  }

  @Test
  void aFieldThatIsTooLong_is431() {
    assertEquals(431, refusal(request("GET").header("X", "x".repeat(16 * 1024 + 1))));
  }

  @ParameterizedTest
  @CsvSource({
    "/dav, /, false",
    "/dav/, /, true",
    "/dav/a/, /a, true",
    "/dav/a%20b;c+d, /a%20b%3Bc%2Bd, false",
    "/dav//a/.//b/., /a/b, true",
    "//dav/./a, /a, false",
    "/d%61v/%61, /a, false",
    "/dav/\u00c3\u00a4, /%C3%A4, false",
    "/dav/\u00f0\u009f\u0098\u0080, /%F0%9F%98%80, false"
  })
  void theTarget_isTheRawPathDecodedOnce(String uri, String target, boolean slash) {
    DavRequest request = parse(new FakeRequest("GET", uri));
    assertEquals(target, request.head().target().toString());
    assertEquals(slash, request.head().slash());
  }

  @ParameterizedTest
  @CsvSource({"/dav/a/../b, 400", "/dav/a%2Fb, 400", "/dav/\u00e4, 400", "/other, 404"})
  void aTargetThatNamesNothing_isRefused(String uri, int status) {
    assertEquals(status, refusal(new FakeRequest("GET", uri)));
  }

  @Test
  void aContextPath_isPartOfTheBase() {
    FakeRequest request = new FakeRequest("COPY", "/meantime/dav/a");
    request.contextPath = "/meantime";
    CopyRequest copy = (CopyRequest) parse(request.header("Destination", "/meantime/dav/b"));
    assertEquals("/meantime/dav", copy.head().base());
    assertEquals("/b", copy.destination().toString());
  }

  @Test
  void aGet_keepsItsRangeAndQuery() {
    FakeRequest request = request("GET").header("Range", "bytes=0-1").header("If-Range", "\"x\"");
    request.query = "by=size";
    GetRequest get = (GetRequest) parse(request);
    assertTrue(get.content());
    assertEquals("bytes=0-1", get.range().orElseThrow());
    assertEquals("\"x\"", get.ifRange().orElseThrow());
    assertEquals("by=size", get.query());
  }

  @ParameterizedTest(name = "{0}: {2} times {1}")
  @CsvSource({
    "one field, User-Agent, 16384, 200",
    "one field that is longer, User-Agent, 16385, 431",
    "If, If, 65536, 400",
    "If that is longer, If, 65537, 431",
  })
  void aFieldThatIsTooLong_isRefused(String row, String name, int length, int status) {
    FakeRequest request = request("COPY").header(name, "x".repeat(length));
    assertEquals(status, status == 200 ? accepted(request) : refusal(request));
  }

  private static int accepted(FakeRequest request) {
    parse(request);
    return 200;
  }

  @Test
  void aFieldOnManyLines_isAsLongAsTheseTogether() {
    FakeRequest request = request("COPY").header("Accept", "x".repeat(16_000));
    assertEquals(200, accepted(request));
    assertEquals(431, refusal(request.header("Accept", "x".repeat(385))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "the most segments            | 255  | /a         | 0",
        "one segment more             | 256  | /a         | 414",
        "very many                    | 5000 | /a         | 414",
        "the most bytes               | 16   | /%61{255}  | 0",
        "more bytes                   | 17   | /a{255}    | 414",
        "more bytes, escaped          | 17   | /%61{255}  | 414",
        "more bytes outside ASCII     | 33   | /%C3%A4{64}| 414",
      })
  void aPathThatIsTooLong_isRefusedWhereverItStands(
      String row, int segments, String segment, int status) {
    String name = segment.substring(1).replaceFirst("\\{.*", "");
    int times =
        segment.contains("{")
            ? Integer.parseInt(segment.substring(segment.indexOf('{') + 1, segment.length() - 1))
            : 1;
    String path = ("/" + name.repeat(times)).repeat(segments);
    FakeRequest target = new FakeRequest("DELETE", "/dav" + path);
    FakeRequest destination =
        new FakeRequest("MOVE", "/dav/a").header("Destination", "/dav" + path);
    FakeRequest tag = request("DELETE").header("If", "</dav" + path + "> (<urn:a:1>)");
    for (FakeRequest request : List.of(target, destination, tag)) {
      assertEquals(status, status == 0 ? accepted(request) - 200 : refusal(request), row);
    }
  }

  @Test
  void rawUtf8_isReadAlikeWhereverItStands() {
    String raw =
        new String("/dav/Grüße/ß€😀".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    String path = "/Gr%C3%BC%C3%9Fe/%C3%9F%E2%82%AC%F0%9F%98%80";
    assertEquals(path, parse(new FakeRequest("DELETE", raw)).head().target().toString());
    for (String before : List.of("", "http://dav.example")) {
      MoveRequest move =
          (MoveRequest)
              parse(new FakeRequest("MOVE", "/dav/a").header("Destination", before + raw));
      assertEquals(path, move.destination().toString());
      DavRequest tagged = parse(request("DELETE").header("If", "<" + before + raw + "> ([\"x\"])"));
      assertEquals(
          List.of(path),
          tagged.head().conditions().tagged().values().stream().map(Object::toString).toList());
    }
  }

  @Test
  void bytesThatAreNoUtf8_areRefusedWhereverTheyStand() {
    assertEquals(400, refusal(new FakeRequest("DELETE", "/dav/\u00e4")));
    assertEquals(
        400, refusal(new FakeRequest("MOVE", "/dav/a").header("Destination", "/dav/\u00e4")));
  }

  private static String propfind(int names) {
    return "<propfind xmlns='DAV:'><prop>" + "<a/>".repeat(names) + "</prop></propfind>";
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "PROPFIND, 1000, 200",
    "PROPFIND, 1001, 403",
    "PROPFIND, 9000, 403",
    "PROPPATCH, 1000, 200",
    "PROPPATCH, 1001, 403"
  })
  void manyNames_areRefused(String method, int names, int status) {
    String body =
        method.equals("PROPFIND")
            ? propfind(names)
            : "<propertyupdate xmlns='DAV:'><remove><prop>"
                + "<a/>".repeat(names)
                + "</prop></remove></propertyupdate>";
    FakeRequest request = new FakeRequest(method, "/dav/a").content(body);
    Settings settings = new Settings(key -> Optional.empty());
    assertEquals(status, status(request, settings));
  }

  private static int status(FakeRequest fake, Settings settings) {
    HttpServletRequest request = fake.servlet();
    try {
      new RequestParser(request, FakeRequest.contentOf(request), settings, path -> path)
          .parse(ALICE);
      return 200;
    } catch (DavException e) {
      return e.status().code();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({"8100, 200", "8193, 403"})
  void aLongOwner_isRefused(int length, int status) {
    String body =
        "<lockinfo xmlns='DAV:'><lockscope><exclusive/></lockscope><locktype><write/></locktype>"
            + "<owner>%s</owner></lockinfo>".formatted("x".repeat(length));
    Settings settings = new Settings(key -> Optional.empty());
    assertEquals(status, status(new FakeRequest("LOCK", "/dav/a").content(body), settings));
  }

  @Test
  void aPut_isNotReadBeforeItsTime() throws IOException {
    FakeRequest request =
        request("PUT").header("Content-Type", "text/plain").header("Content-Language", "de, en");
    HttpServletRequest servlet = request.content("hello").servlet();
    RequestContent content = FakeRequest.contentOf(servlet);
    PutRequest put =
        assertInstanceOf(
            PutRequest.class,
            new RequestParser(servlet, content, SETTINGS, path -> path).parse(ALICE));
    assertEquals("text/plain", put.contentType());
    assertEquals("de, en", put.contentLanguage());
    assertEquals(5, put.length());
    assertEquals(false, content.ended());
    assertEquals("hello", new String(put.body().open().readAllBytes(), StandardCharsets.UTF_8));
    assertTrue(content.ended());
  }

  @Test
  void aLock_hasItsTimeoutAndBody() {
    String body =
        "<lockinfo xmlns='DAV:'><lockscope><exclusive/></lockscope>"
            + "<locktype><write/></locktype></lockinfo>";
    LockRequest lock =
        (LockRequest) parse(request("LOCK").header("Timeout", "Second-60").content(body));
    assertEquals(Duration.ofSeconds(60), lock.timeout().orElseThrow().duration());
    assertTrue(lock.lockinfo().orElseThrow().exclusive());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "one list of two lines, Extend, Second-60, 60",
    "the same twice, Infinite, Infinite, 4294967295",
    "lists on both, 'Extend, Extend ,', ' , Second-5, Infinite', 5",
    "nothing and something, '', Second-7, 7",
    "neither understood, tomorrow, 60, none",
  })
  void aTimeout_isOneListHoweverManyLines(String row, String first, String second, String asked) {
    FakeRequest request = request("LOCK").header("Timeout", first).header("Timeout", second);
    assertEquals(
        asked,
        ((LockRequest) parse(request))
            .timeout()
            .map(timeout -> String.valueOf(timeout.duration().toSeconds()))
            .orElse("none"));
  }

  @Test
  void aLockWithoutBody_isARefresh() {
    assertTrue(((LockRequest) parse(request("LOCK"))).lockinfo().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"PUT", "MKCOL", "COPY", "MOVE"})
  void aDateOfModification_isReadOrRefused(String method) {
    assertEquals(Optional.empty(), modified(request(method)));
    FakeRequest dated = request(method).header("X-OC-Mtime", "784111777");
    assertEquals(Optional.of(Instant.parse("1994-11-06T08:49:37Z")), modified(dated));
    for (String none : List.of("", "yesterday", "0x10", "1994-11-06")) {
      assertEquals(400, refusal(request(method).header("X-OC-Mtime", none)), none);
    }
  }

  private static Optional<Instant> modified(FakeRequest request) {
    DavRequest parsed = parse(request);
    if (parsed instanceof PutRequest put) {
      return put.modified();
    } else if (parsed instanceof MkcolRequest mkcol) {
      return mkcol.modified();
    }
    return parsed instanceof CopyRequest copy ? copy.modified() : ((MoveRequest) parsed).modified();
  }

  @Test
  void anUnlock_hasItsToken() {
    assertEquals("urn:uuid:1", ((UnlockRequest) parse(request("UNLOCK"))).token().uri());
    FakeRequest bare = request("UNLOCK").without("Lock-Token").header("Lock-Token", "urn:uuid:2");
    assertEquals("urn:uuid:2", ((UnlockRequest) parse(bare)).token().uri());
  }

  @ParameterizedTest
  @CsvSource({"MKCOL, 5, 415", "MKCOL, 5000, 415", "COPY, 5000, 413", "DELETE, 5000, 413"})
  void contentOutOfPlace_isRefused(String method, int length, int status) {
    String content = "x".repeat(length);
    assertEquals(status, refusal(request(method).content(content)));
    assertEquals(status, refusal(request(method).chunked(content)));
  }

  @Test
  void xmlThatIsTooLarge_isRefusedByItsLength() {
    assertEquals(413, refusal(request("PROPFIND").content("x".repeat(MAX + 1))));
  }

  @ParameterizedTest
  @CsvSource({"OPTIONS", "COPY", "MOVE", "DELETE", "UNLOCK"})
  void contentWithoutMeaning_isReadAndForgotten(String method) throws IOException {
    HttpServletRequest request = request(method).chunked("whatever").servlet();
    RequestContent content = FakeRequest.contentOf(request);
    new RequestParser(request, content, SETTINGS, path -> path).parse(ALICE);
    assertTrue(content.ended());
  }
}
