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
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.request.UnlockRequest;

class RequestParserTest {
  private static final int MAX = 100;
  private static final Caller ALICE = new Caller("alice", false);

  private static DavRequest parse(FakeRequest fake) {
    HttpServletRequest request = fake.servlet();
    try {
      return new RequestParser(request, FakeRequest.contentOf(request), MAX).parse(ALICE);
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
    "MOVE, 0, 400",
    "MOVE, 1, 400",
    "DELETE, '', infinity",
    "DELETE, infinity, infinity",
    "DELETE, 0, 400",
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
  @CsvSource({"'', true", "T, true", "F, false", "t, 400", "true, 400", "'T, F', 400"})
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
    "PROPFIND, Depth, 0", "COPY, Destination, /dav/c", "MOVE, Overwrite, T",
    "GET, Range, bytes=0-1", "LOCK, Timeout, Infinite", "UNLOCK, Lock-Token, <urn:uuid:2>",
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
    "timeout of no kind, LOCK, Timeout, tomorrow, 400",
    "tag without quotes, PUT, If-Match, abc, 400"
  })
  void aFieldThatMakesNoSense_isRefused(
      String what, String method, String name, String value, int status) {
    FakeRequest request = request(method).without(name);
    if (!value.isEmpty()) {
      request.header(name, value);
    }
    assertEquals(status, refusal(request), what);
  }

  @Test
  void aFieldThatIsTooLong_is431() {
    assertEquals(431, refusal(request("GET").header("X", "x".repeat(Fields.MAX_LENGTH + 1))));
  }

  @ParameterizedTest
  @CsvSource({
    "/dav, /, false",
    "/dav/, /, true",
    "/dav/a/, /a, true",
    "/dav/a%20b;c+d, /a%20b;c+d, false",
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
  @CsvSource({
    "/dav/a/../b, 400",
    "/dav//a, 400",
    "/dav/a%2Fb, 400",
    "/dav/\u00e4, 400",
    "/other, 404"
  })
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

  @Test
  void aPut_isNotReadBeforeItsTime() throws IOException {
    FakeRequest request =
        request("PUT").header("Content-Type", "text/plain").header("Content-Language", "de, en");
    HttpServletRequest servlet = request.content("hello").servlet();
    RequestContent content = FakeRequest.contentOf(servlet);
    PutRequest put =
        assertInstanceOf(PutRequest.class, new RequestParser(servlet, content, MAX).parse(ALICE));
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

  @Test
  void aLockWithoutBody_isARefresh() {
    assertTrue(((LockRequest) parse(request("LOCK"))).lockinfo().isEmpty());
  }

  @Test
  void anUnlock_hasItsToken() {
    assertEquals("urn:uuid:1", ((UnlockRequest) parse(request("UNLOCK"))).token().uri());
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
    new RequestParser(request, content, MAX).parse(ALICE);
    assertTrue(content.ended());
  }
}
