package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/** Content and its metadata: conditions, ranges, types (RFC 9110 §8, §13, §14). */
class ContentIT extends Protocol {
  private static final String PAST = "Sun, 06 Nov 1994 08:49:37 GMT";
  private static final String FUTURE = "Fri, 01 Jan 2100 00:00:00 GMT";

  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.request("PUT", "/d")
        .header("Content-Type", "text/plain; charset=utf-8")
        .header("Content-Language", "de")
        .body("0123456789")
        .send()
        .is(201);
    return dav;
  }

  @Test
  void entityTag_isStrongAndOfTheContent() {
    Dav dav = filled();
    String first = dav.get("/d").header("ETag");
    assertTrue(first.matches("\"[!-~&&[^\"]]+\""), first);
    assertEquals(first, dav.get("/d").header("ETag"));
    Response put = dav.put("/d", "other").is(204);
    assertEquals(dav.get("/d").header("ETag"), put.header("ETag"));
    assertNotEquals(first, put.header("ETag"));
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}: {4}")
  @CsvSource({
    "GET,    /d,   If-Match,            TAG,               200",
    "GET,    /d,   If-Match,            '\"x\", TAG',      200",
    "GET,    /d,   If-Match,            *,                 200",
    "GET,    /d,   If-Match,            '\"x\"',           412",
    "GET,    /d,   If-Match,            W/TAG,             412",
    "HEAD,   /d,   If-Match,            '\"x\"',           412",
    "PUT,    /d,   If-Match,            TAG,               204",
    "PUT,    /d,   If-Match,            '\"x\"',           412",
    "PUT,    /new, If-Match,            *,                 412",
    "PUT,    /new, If-Match,            TAG,               412",
    "DELETE, /d,   If-Match,            TAG,               204",
    "DELETE, /d,   If-Match,            '\"x\"',           412",
    "PROPPATCH, /d, If-Match,           '\"x\"',           412",
    "LOCK,   /d,   If-Match,            '\"x\"',           412",
    "MKCOL,  /new, If-Match,            *,                 412",
    "GET,    /d,   If-None-Match,       TAG,               304",
    "GET,    /d,   If-None-Match,       W/TAG,             304",
    "GET,    /d,   If-None-Match,       '\"x\", TAG',      304",
    "GET,    /d,   If-None-Match,       *,                 304",
    "GET,    /d,   If-None-Match,       '\"x\"',           200",
    "HEAD,   /d,   If-None-Match,       TAG,               304",
    "GET,    /c/,  If-None-Match,       *,                 304",
    "PUT,    /d,   If-None-Match,       *,                 412",
    "PUT,    /d,   If-None-Match,       TAG,               412",
    "PUT,    /d,   If-None-Match,       '\"x\"',           204",
    "PUT,    /new, If-None-Match,       *,                 201",
    "DELETE, /d,   If-None-Match,       TAG,               412",
    "GET,    /d,   If-Unmodified-Since, PAST,              412",
    "GET,    /d,   If-Unmodified-Since, FUTURE,            200",
    "GET,    /d,   If-Unmodified-Since, DATE,              200",
    "PUT,    /d,   If-Unmodified-Since, PAST,              412",
    "PUT,    /d,   If-Unmodified-Since, DATE,              204",
    "DELETE, /d,   If-Unmodified-Since, PAST,              412",
    "PUT,    /d,   If-Unmodified-Since, nonsense,          204",
    "GET,    /d,   If-Modified-Since,   DATE,              304",
    "HEAD,   /d,   If-Modified-Since,   DATE,              304",
    "GET,    /d,   If-Modified-Since,   PAST,              200",
    "GET,    /d,   If-Modified-Since,   'Sunday, 06-Nov-94 08:49:37 GMT', 200",
    "GET,    /d,   If-Modified-Since,   Sun Nov  6 08:49:37 1994, 200",
    "GET,    /d,   If-Modified-Since,   nonsense,          200",
    "PUT,    /d,   If-Modified-Since,   FUTURE,            204",
    "GET,    /d,   If-Match,            unquoted,          412",
    "PUT,    /d,   If-Match,            unquoted,          412",
    "PUT,    /d,   If-Match,            'unquoted, TAG',   204",
    "PUT,    /d,   If-Match,            '',                412",
    "DELETE, /d,   If-Match,            w/TAG,             412",
    "GET,    /d,   If-None-Match,       JoplinIgnore-1,    200",
    "PUT,    /d,   If-None-Match,       JoplinIgnore-1,    204",
    "PUT,    /new, If-None-Match,       JoplinIgnore-1,    201",
    "GET,    /d,   If-None-Match,       'unquoted, TAG',   304",
    "PUT,    /d,   If-None-Match,       '',                204",
    "PUT,    /d,   If-None-Match,       '*, \"x\"',        400",
  })
  void condition(String method, String path, String field, String value, int expected) {
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    AnyMethod.request(dav, method, path).header(field, fill(dav, value)).send().is(expected);
    if (expected >= 400) {
      assertEquals("0123456789", dav.get("/d").is(200).text());
      dav.get("/new").is(404);
    }
  }

  private static String fill(Dav dav, String value) {
    Response now = dav.get("/d");
    return value
        .replace("TAG", now.header("ETag"))
        .replace("DATE", now.header("Last-Modified"))
        .replace("PAST", PAST)
        .replace("FUTURE", FUTURE);
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "tag holds, date does not       | If-Match: TAG; If-Unmodified-Since: PAST       | 200",
        "tag differs, date holds        | If-Match: \"x\"; If-Unmodified-Since: FUTURE   | 412",
        "other tag, not modified since  | If-None-Match: \"x\"; If-Modified-Since: FUTURE | 200",
        "same tag, modified since       | If-None-Match: TAG; If-Modified-Since: PAST    | 304",
        "If-Match and If-None-Match     | If-Match: TAG; If-None-Match: TAG              | 304",
        "failed If-Match wins over 304  | If-Match: \"x\"; If-None-Match: TAG            | 412",
      })
  void precedenceOfConditions(String row, String fields, int expected) {
    Dav dav = filled();
    Request get = dav.request("GET", "/d");
    for (String field : fields.split("; ")) {
      String[] pair = field.split(": ", 2);
      get.header(pair[0], fill(dav, pair[1]));
    }
    get.send().is(expected);
  }

  private static final String OLD = "Fri, 31 Dec 1999 23:59:59 GMT";

  private static Response putOld(Dav dav, String path, String content) {
    return dav.request("PUT", path).header("X-OC-Mtime", "946684799").body(content).send();
  }

  private static String lastModified(Dav dav, String path) {
    String prop = "<D:prop><D:getlastmodified/></D:prop>";
    return dav.propfind(path, 0, prop).is(207).xml().text("//D:getlastmodified");
  }

  @Test
  @Tag("ours")
  void dateOfAPut_isKeptUntilTheNext() {
    Dav dav = Dav.inNewCollection();
    assertEquals("accepted", putOld(dav, "/d", "one").is(201).header("X-OC-Mtime"));
    assertEquals("accepted", putOld(dav, "/d", "two").is(204).header("X-OC-Mtime"));
    assertEquals(OLD, dav.get("/d").is(200).header("Last-Modified"));
    assertEquals(OLD, dav.head("/d").is(200).header("Last-Modified"));
    assertEquals(OLD, lastModified(dav, "/d"));
    assertTrue(dav.put("/d", "three").is(204).find("X-OC-Mtime").isEmpty());
    assertNotEquals(OLD, dav.get("/d").header("Last-Modified"));
    assertEquals(lastModified(dav, "/d"), dav.get("/d").header("Last-Modified"));
  }

  @Test
  @Tag("ours")
  void dateOfAMkcol_isKept() {
    Dav dav = Dav.inNewCollection();
    Response made = dav.request("MKCOL", "/c/").header("X-OC-Mtime", "946684799.5").send().is(201);
    assertEquals("accepted", made.header("X-OC-Mtime"));
    assertEquals(OLD, lastModified(dav, "/c/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "1999-12-31", "99999999999999999999", "0x386D437F"})
  @Tag("ours")
  void dateThatIsNone_isRefusedAndNothingStored(String date) {
    Dav dav = filled();
    for (String path : List.of("/d", "/n")) {
      dav.request("PUT", path).header("X-OC-Mtime", date).body("x").send().is(400);
    }
    dav.request("MKCOL", "/n/").header("X-OC-Mtime", date).send().is(400);
    assertEquals("0123456789", dav.get("/d").text());
    dav.get("/n").is(404);
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "GET,  If-Modified-Since,   200",
    "HEAD, If-Modified-Since,   200",
    "GET,  If-Unmodified-Since, 412",
    "PUT,  If-Unmodified-Since, 412",
    "GET,  If-Range,            200",
    "GET,  If-None-Match,       304",
    "PUT,  If-Match,            204",
  })
  @Tag("ours")
  void dateThatAClientGave_doesNotTellWhatIsFresh(String method, String field, int expected) {
    Dav dav = Dav.inNewCollection();
    putOld(dav, "/d", "before").is(201);
    Response before = dav.get("/d").is(200);
    putOld(dav, "/d", "after.").is(204);
    Response after = dav.get("/d").is(200);
    assertEquals(before.header("Last-Modified"), after.header("Last-Modified"));
    Request request =
        dav.request(method, "/d")
            .header(
                field,
                field.contains("Match") ? after.header("ETag") : before.header("Last-Modified"));
    if (method.equals("PUT")) {
      request.body("mine");
    } else if (field.equals("If-Range")) {
      request.header("Range", "bytes=3-");
    }
    Response response = request.send().is(expected);
    if (expected == 200 && method.equals("GET")) {
      assertEquals("after.", response.text());
    }
  }

  @Test
  @Tag("ours")
  void lastModified_isNeverLaterThanTheAnswer() {
    Dav dav = Dav.inNewCollection();
    dav.request("PUT", "/d").header("X-OC-Mtime", "4102444800").body("x").send().is(201);
    Response get = dav.get("/d").is(200);
    assertFalse(instant(get.header("Last-Modified")).isAfter(instant(get.header("Date"))));
    assertEquals("Fri, 01 Jan 2100 00:00:00 GMT", lastModified(dav, "/d"));
  }

  private static Instant instant(String date) {
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
  }

  @Test
  void notModified_hasTheFieldsOfACacheAndNoContent() {
    Dav dav = filled();
    Response get = dav.get("/d").is(200);
    Response not =
        dav.request("GET", "/d").header("If-None-Match", get.header("ETag")).send().is(304);
    assertEquals(get.header("ETag"), not.header("ETag"));
    assertTrue(not.find("Date").isPresent());
    assertTrue(not.find("Content-Type").isEmpty(), not::toString);
    assertTrue(not.find("Transfer-Encoding").isEmpty(), not::toString);
  }

  @ParameterizedTest(name = "Range: {0}, If-Range: {1}: {2} {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "bytes=0-3          | none   | 206 | bytes 0-3/10 | 0123",
        "bytes=4-           | none   | 206 | bytes 4-9/10 | 456789",
        "bytes=-3           | none   | 206 | bytes 7-9/10 | 789",
        "bytes=-30          | none   | 206 | bytes 0-9/10 | 0123456789",
        "bytes=8-20         | none   | 206 | bytes 8-9/10 | 89",
        "bytes=0-0          | none   | 206 | bytes 0-0/10 | 0",
        "bytes=9-9          | none   | 206 | bytes 9-9/10 | 9",
        "Bytes=1-2          | none   | 206 | bytes 1-2/10 | 12",
        "bytes=10-          | none   | 416 | bytes */10   | ''",
        "bytes=-0           | none   | 416 | bytes */10   | ''",
        "bytes=20-30,40-    | none   | 416 | bytes */10   | ''",
        "bytes=20-30, 1-2   | none   | 206 | bytes 1-2/10 | 12",
        "bytes=, 1-2 ,,     | none   | 206 | bytes 1-2/10 | 12",
        "bytes=8-9223372036854775807 | none | 206 | bytes 8-9/10 | 89",
        "bytes=8-999999999999999999999999999 | none | 206 | bytes 8-9/10 | 89",
        "bytes=-9223372036854775808 | none | 206 | bytes 0-9/10 | 0123456789",
        "bytes=9223372036854775808- | none | 416 | bytes */10 | ''",
        "bytes=3-2          | none   | 200 | none         | 0123456789",
        "bytes=             | none   | 200 | none         | 0123456789",
        "bytes=a-b          | none   | 200 | none         | 0123456789",
        "bytes=1            | none   | 200 | none         | 0123456789",
        "lines=1-2          | none   | 200 | none         | 0123456789",
        "bytes=0-3          | TAG    | 206 | bytes 0-3/10 | 0123",
        "bytes=0-3          | \"x\"  | 200 | none         | 0123456789",
        "bytes=0-3          | W/TAG  | 200 | none         | 0123456789",
        "bytes=0-3          | none\" | 200 | none         | 0123456789",
        "bytes=0-3          | DATE   | 206 | bytes 0-3/10 | 0123",
        "bytes=0-3          | PAST   | 200 | none         | 0123456789",
        "bytes=0-3          | FUTURE | 200 | none         | 0123456789",
        "bytes=20-          | \"x\"  | 200 | none         | 0123456789",
      })
  void range(String range, String ifRange, int expected, String contentRange, String content) {
    Dav dav = filled();
    Request get = dav.request("GET", "/d").header("Range", range);
    if (!ifRange.equals("none")) {
      get.header("If-Range", fill(dav, ifRange));
    }
    Response response = get.send().is(expected);
    assertEquals(contentRange, response.find("Content-Range").orElse("none"));
    if (expected != 416) {
      assertEquals(content, response.text());
      assertEquals(String.valueOf(content.length()), response.header("Content-Length"));
      assertEquals(dav.get("/d").header("ETag"), response.header("ETag"));
      assertEquals("text/plain;charset=utf-8", response.contentType());
    }
  }

  @Test
  void severalRanges_areParts() {
    Response response =
        filled().request("GET", "/d").header("Range", "bytes=0-1, 4-5,-2").send().is(206);
    String type = response.header("Content-Type");
    assertTrue(type.startsWith("multipart/byteranges; boundary="), type);
    assertTrue(response.find("Content-Range").isEmpty());
    String delimiter = "--" + type.substring(type.indexOf('=') + 1).replace("\"", "");
    List<String> parts = List.of(response.text().split("\r\n" + delimiter));
    assertEquals(5, parts.size(), response::toString);
    assertEquals("--\r\n", parts.get(4));
    List<String> expected = List.of("bytes 0-1/10 01", "bytes 4-5/10 45", "bytes 8-9/10 89");
    for (int i = 0; i < 3; i++) {
      String part = parts.get(i + 1);
      String[] range = expected.get(i).split(" (?=\\d+$)");
      assertTrue(part.contains("\r\nContent-Range: " + range[0] + "\r\n"), part);
      assertTrue(part.contains("\r\nContent-Type: text/plain; charset=utf-8\r\n"), part);
      assertTrue(part.endsWith("\r\n\r\n" + range[1]), part);
    }
    assertEquals(response.body().length, Integer.parseInt(response.header("Content-Length")));
  }

  @Test
  void rangeOfHead_isIgnored() {
    Response head = filled().request("HEAD", "/d").header("Range", "bytes=0-3").send().is(200);
    assertEquals("10", head.header("Content-Length"));
  }

  @Test
  void putOfAPart_isRefused() {
    Dav dav = filled();
    dav.request("PUT", "/d").header("Content-Range", "bytes 0-1/10").body("xx").send().is(400);
    dav.request("PUT", "/n").header("Content-Range", "bytes 0-1/10").body("xx").send().is(400);
    assertEquals("0123456789", dav.get("/d").text());
    dav.get("/n").is(404);
  }

  @Test
  void contentInACoding_isRefused() {
    Dav dav = filled();
    dav.request("PUT", "/d").header("Content-Encoding", "gzip").body("xx").send().is(415);
    dav.request("PUT", "/d").header("Content-Encoding", "identity").body("xx").send().is(204);
  }

  @ParameterizedTest(name = "HEAD {0}")
  @ValueSource(strings = {"/d", "/c/", "/no"})
  void head_isGetWithoutContent(String path) {
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    Response get = dav.get(path);
    Response head = dav.head(path).is(get.status());
    assertEquals(0, head.body().length);
    assertEquals(fields(get), fields(head));
  }

  /** Without the date, which goes on, and the framing, which a HEAD may leave out. */
  private static TreeMap<String, String> fields(Response response) {
    TreeMap<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    response.head().headers().fields().forEach(f -> fields.put(f.getKey(), f.getValue()));
    fields.remove("Date");
    fields.remove("Transfer-Encoding");
    if (response.status() != 200 || fields.get("Content-Type").startsWith("text/html")) {
      fields.remove("Content-Length");
    }
    return fields;
  }

  @ParameterizedTest(name = "{0} as {1} is {2}")
  @CsvSource({
    "/a.txt, 'application/x-own; a=\"b;c\"', 'application/x-own; a=\"b;c\"'",
    "/a.txt, none, text/plain; charset=utf-8",
    "/a.html, none, text/html; charset=utf-8",
    "/a.md, none, text/markdown; charset=utf-8",
    "/a.ics, none, text/calendar; charset=utf-8",
    "/C%23notes.pdf, none, application/pdf",
    "/page.htmlx%23.txt, none, text/plain; charset=utf-8",
    "/a.woff2, none, font/woff2",
    "/A.PDF, none, application/pdf",
    "/a.png, none, image/png",
    "/a.unknown, none, application/octet-stream",
    "/a, none, application/octet-stream",
  })
  void contentType_isKeptElseGuessed(String path, String given, String expected) {
    Dav dav = Dav.inNewCollection();
    Request put = dav.request("PUT", path).body("x");
    if (!given.equals("none")) {
      put.header("Content-Type", given);
    }
    put.send().is(201);
    assertEquals(expected.replace("; ", ";"), dav.get(path).is(200).contentType());
    assertEquals("nosniff", dav.get(path).header("X-Content-Type-Options"));
  }

  @Test
  void metadata_areThoseOfTheLastPut() {
    Dav dav = filled();
    assertEquals("de", dav.get("/d").header("Content-Language"));
    dav.put("/d", "other").is(204);
    assertTrue(dav.get("/d").find("Content-Language").isEmpty());
    assertEquals("application/octet-stream", dav.get("/d").header("Content-Type"));
  }

  @ParameterizedTest(name = "{0} bytes")
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 1_000_000, 5_000_000})
  void content_comesBackByteForByte(int length) {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[length];
    new Random(length).nextBytes(content);
    dav.request("PUT", "/d").body(content).send().is(201);
    Response got = dav.get("/d").is(200);
    assertEquals(String.valueOf(length), got.header("Content-Length"));
    assertTrue(Arrays.equals(content, got.body()));
    if (length > 2) {
      Response tail = dav.request("GET", "/d").header("Range", "bytes=-2").send().is(206);
      assertEquals(content[length - 1], tail.body()[1]);
    }
  }

  @ParameterizedTest(name = "{0} and {1} of 3,000,000 bytes")
  @CsvSource({
    "0, 2999999",
    "0, 65535",
    "0, 65536",
    "0, 70000",
    "1, 2999998",
    "70000, 270000",
    "2900000, 2999999",
    "2999999, 2999999",
  })
  void rangeOfALargeDocument_isFollowedByTheNextResponse(int first, int last) throws IOException {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[3_000_000];
    new Random(3).nextBytes(content);
    dav.request("PUT", "/d").body(content).send().is(201);
    Request get = dav.request("GET", "/d").header("Range", "bytes=" + first + "-" + last);
    for (boolean tls : new boolean[] {false, true}) {
      try (RawConnection connection = tls ? RawConnection.openTls() : RawConnection.open()) {
        for (int i = 0; i < 3; i++) {
          connection.send(get.bytes()).send(dav.request("HEAD", "/d").bytes());
          byte[] body = connection.receive().is(206).body();
          assertTrue(Arrays.equals(Arrays.copyOfRange(content, first, last + 1), body));
          connection.receiveWithoutBody().is(200);
        }
      }
    }
  }

  @Test
  void severalRangesOfALargeDocument_areParts() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "0123456789".repeat(100_000)).is(201);
    Response response =
        dav.request("GET", "/d").header("Range", "bytes=0-199999, 500000-699999").send().is(206);
    String[] parts = response.text().split("\r\n\r\n");
    assertEquals(3, parts.length);
    for (int i = 1; i < 3; i++) {
      assertTrue(parts[i].startsWith("0123456789".repeat(20_000) + "\r\n--"));
    }
    assertEquals(response.body().length, Integer.parseInt(response.header("Content-Length")));
  }

  @Test
  void fieldsOfGet_areThoseOfACarefulServer() {
    Response get = filled().get("/d").is(200);
    assertEquals("bytes", get.header("Accept-Ranges"));
    for (String field : List.of("Date", "Last-Modified")) {
      String date = get.header(field);
      assertTrue(date.matches("\\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT"), date);
    }
    assertEquals(1, get.head().headers().all("Date").size());
    for (String field : List.of("Set-Cookie", "Server", "X-Powered-By")) {
      assertTrue(get.find(field).isEmpty(), field);
    }
  }
}
