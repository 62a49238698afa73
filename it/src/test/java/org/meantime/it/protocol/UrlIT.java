package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.RawHttp2;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** Which resource a URL names, whatever the method, and which URLs name none. */
class UrlIT extends Protocol {
  private static final String PROPERTY =
      "<D:propertyupdate><D:set><D:prop><Z:p>v</Z:p></D:prop></D:set></D:propertyupdate>";
  private static final List<String> TARGETS =
      List.of("/d", "/d/", "/c", "/c/", "/no", "/no/", "/no/no", "/d/no");

  /** A document d, and a collection c with a member m. */
  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    dav.mkcol("/c/").is(201);
    dav.put("/c/m", "two").is(201);
    return dav;
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    //         /d   /d/  /c   /c/  /no  /no/ /no/no /d/no
    "OPTIONS,  200, 200, 200, 200, 200, 200, 200, 200",
    "GET,      200, 404, 200, 200, 404, 404, 404, 404",
    "HEAD,     200, 404, 200, 200, 404, 404, 404, 404",
    "PUT,      204, 409, 405, 405, 201, 409, 409, 409",
    "MKCOL,    405, 405, 405, 405, 201, 201, 409, 409",
    "DELETE,   204, 404, 204, 204, 404, 404, 404, 404",
    "COPY,     201, 404, 201, 201, 404, 404, 404, 404",
    "MOVE,     201, 404, 201, 201, 404, 404, 404, 404",
    "PROPFIND, 207, 404, 207, 207, 404, 404, 404, 404",
    "PROPPATCH,207, 404, 207, 207, 404, 404, 404, 404",
    "LOCK,     200, 409, 200, 200, 201, 409, 409, 409",
    "UNLOCK,   409, 404, 409, 409, 404, 404, 404, 404",
  })
  void methodOnEachKindOfTarget(
      String method, int d, int dSlash, int c, int cSlash, int no, int noSlash, int noNo, int dNo) {
    List<Integer> expected = List.of(d, dSlash, c, cSlash, no, noSlash, noNo, dNo);
    List<Integer> got = new ArrayList<>();
    for (int i = 0; i < TARGETS.size(); i++) {
      Dav dav = filled();
      Snapshot before = Snapshot.of(dav);
      Response response = AnyMethod.request(dav, method, TARGETS.get(i)).send();
      got.add(response.status());
      if (response.status() >= 400) {
        before.assertUnchanged();
      }
    }
    assertEquals(expected, got, () -> method + " of " + TARGETS);
  }

  @ParameterizedTest(name = "{0} of the root: {1}")
  @CsvSource({
    "OPTIONS, 200",
    "GET, 200",
    "HEAD, 200",
    "PUT, 405",
    "MKCOL, 405",
    "DELETE, 403",
    "COPY, 403",
    "MOVE, 403",
    "PROPFIND, 207",
    "PROPPATCH, 207",
    "LOCK, 200",
    "UNLOCK, 409",
  })
  @Tag("ours")
  void rootOfTheStore(String method, int expected) {
    Dav root = Dav.as(User.WRITER);
    for (String path : List.of("/", "")) {
      Response response = AnyMethod.request(root, method, path).send().is(expected);
      response.find("Lock-Token").ifPresent(token -> root.unlock("/", token).is(204));
    }
    root.get("/").is(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "letters, /aZ9, /%61%5A%39",
    "unreserved, /a-b.c_d~e, /a%2Db%2Ec%5Fd%7Ee",
    "case of the escapes, /%C3%A4%C3%B6, /%c3%a4%C3%b6",
    "semicolon, /a;b, /a%3Bb",
    "semicolon like a parameter, /a;v=1, /a%3Bv%3D1",
    "plus, /a+b, /a%2Bb",
    "sub-delims, /!$&'()*=:@, /%21%24%26%27%28%29%2A%3D%3A%40",
    "with a query, /q, /q?sort=name",
  })
  void equivalentUrls_nameOneResource(String row, String one, String other) {
    assertOneResource(one, other);
  }

  /** What RFC 3986 wants encoded and some clients do not encode; Undertow refuses it. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "UTF-8, /ä😀, /%C3%A4%F0%9F%98%80",
    "brackets, /[a]{b}|^`<>, /%5Ba%5D%7Bb%7D%7C%5E%60%3C%3E",
  })
  @Tag("payara")
  void rawCharacters_areReadAsEncodedOnes(String row, String one, String other) {
    assertOneResource(one, other);
  }

  private static void assertOneResource(String one, String other) {
    Dav dav = Dav.inNewCollection();
    dav.put(onTheWire(one), "1").is(201);
    dav.put(onTheWire(other), "2").is(204);
    assertEquals("2", dav.get(onTheWire(one)).is(200).text());
    assertEquals(2, dav.propfind("/", 1, "<D:propname/>").is(207).xml().count("//D:response"));
    dav.delete(onTheWire(other)).is(204);
    dav.get(onTheWire(one)).is(404);
  }

  /** curl and scripts send UTF-8 in fields as it is; RFC 3986 wants it escaped. */
  @ParameterizedTest(name = "{0}, TLS: {1}")
  @CsvSource({"HTTP/1.1, false", "HTTP/1.1, true", "HTTP/2, false", "HTTP/2, true"})
  @Tag("ours")
  void rawUtf8InFields_isReadAsEscaped(String version, boolean tls) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/Gr%C3%BC%C3%9Fe/").is(201);
    String token = dav.lock("/Gr%C3%BC%C3%9Fe/", "exclusive").is(200).header("Lock-Token");
    String condition = "<%s> (%s)".formatted(dav.href(onTheWire("/Grüße/")), token);
    dav.put("/d", "one").is(201);

    String destination = dav.url(onTheWire("/Grüße/ä€😀"));
    Request move = dav.request("MOVE", "/d").header("Destination", destination);
    assertEquals(423, status(version, tls, move));
    move.header("If", condition.replace("(", "(<urn:other> "));
    assertEquals(412, status(version, tls, move));
    move = dav.request("MOVE", "/d").header("Destination", destination).header("If", condition);
    assertEquals(201, status(version, tls, move));
    dav.get("/d").is(404);
    assertEquals("one", dav.get("/Gr%C3%BC%C3%9Fe/%C3%A4%E2%82%AC%F0%9F%98%80").is(200).text());
    Request delete = dav.request("DELETE", "/Gr%C3%BC%C3%9Fe/%C3%A4%E2%82%AC%F0%9F%98%80");
    assertEquals(204, status(version, tls, delete.header("If", condition)));

    dav.put("/d", "one").is(201);
    Request latin1 = dav.request("MOVE", "/d").header("Destination", dav.url("/Gr\u00fc"));
    assertEquals(400, status(version, tls, latin1));
    assertEquals("one", dav.get("/d").is(200).text());
  }

  private static int status(String version, boolean tls, Request request) throws IOException {
    if (version.equals("HTTP/1.1")) {
      try (RawConnection connection = RawConnection.open(tls)) {
        return connection.send(request.bytes()).receive().status();
      }
    }
    try (RawHttp2 connection = RawHttp2.open(tls)) {
      return connection.head(1, request, true).status(1);
    }
  }

  /** UTF-8 as characters of one byte each, the way a request is sent. */
  private static String onTheWire(String path) {
    return new String(path.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest(name = "{0} and {1} are two")
  @CsvSource({"a, A", "a%20b, a+b", "%2520, %20", "a, a%20", "ss, %C3%9F", "fi, %EF%AC%81"})
  void namesThatDiffer_areTwoResources(String one, String other) {
    Dav dav = Dav.inNewCollection();
    dav.put("/" + one, "1").is(201);
    dav.put("/" + other, "2").is(201);
    assertEquals("1", dav.get("/" + one).is(200).text());
    assertEquals("2", dav.get("/" + other).is(200).text());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "encoded slash, /c%2Fm",
    "control character, /c%01",
    "line feed, /c%0A",
    "DEL, /c%7F",
    "C1 control character, /c%C2%85",
    "dot encoded, /%2e/d",
    "dot encoded after slashes, /c//%2E/m",
    "dot dot, /c/../d",
    "dot dot after slashes, /c//../d",
    "dot dot encoded, /c/%2e%2E/d",
    "dot dot encoded in part, /c/.%2e/d",
    "dot dot and encoded slash, /c/%2E%2E%2Fd",
    "what a server takes for a login, /j_security_check",
    "the same encoded, /c/%6a_security_check",
    "the same with a parameter, /c/j_security_check;a=b",
  })
  void ambiguousUrl_isRefusedAndChangesNothing(String row, String path) {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    for (String method : AnyMethod.WRITING) {
      assertEquals(400, AnyMethod.request(dav, method, path).send().status(), method);
    }
    dav.get(path).is(400);
    for (String method : List.of("COPY", "MOVE")) {
      dav.request(method, "/d").header("Destination", dav.url(path)).send().is(400);
    }
    before.assertUnchanged();
  }

  /** Duplicati, Zotero, Home Assistant and litmus write two slashes, rclone a dot. */
  @ParameterizedTest
  @EnumSource
  void emptySegmentsAndSingleDots_countForNothing(Way way) {
    requireOffered(way);
    Dav dav = filled();
    way.send(dav.request("PUT", "//new").body("1")).is(201);
    way.send(dav.request("PUT", "/./new").body("2")).is(204);
    way.send(dav.request("MKCOL", "/.//e//")).is(201);
    way.send(dav.request("PUT", "/e/.//n/").body("3")).is(409);
    way.send(dav.request("PUT", "/e/n/.").body("3")).is(409);
    way.send(dav.request("PUT", "//e///.//n").body("3")).is(201);
    way.send(to(dav.request("COPY", "/e//n"), dav.href("/.//c/./o"))).is(201);
    way.send(to(dav.request("MOVE", "/./e//"), way.origin() + dav.href("//c//p//"))).is(201);
    assertEquals("3", way.send(dav.request("GET", "/c/./p//n")).is(200).text());
    assertEquals("3", way.send(dav.request("GET", "//c/o")).is(200).text());

    Response listing = way.send(dav.request("PROPFIND", "/./c//").header("Depth", 1)).is(207);
    List<String> hrefs = listing.xml().texts("//D:href").stream().sorted().toList();
    assertEquals(List.of("/c/", "/c/m", "/c/o", "/c/p/").stream().map(dav::href).toList(), hrefs);

    Response lock = way.send(AnyMethod.request(dav, "LOCK", "//c/./o")).is(200);
    assertEquals(dav.href("/c/o"), lock.xml().text("//D:lockroot/D:href"));
    String token = lock.header("Lock-Token");
    way.send(dav.request("DELETE", "/c//o")).is(423);
    String tagged = "<%s> (%s)".formatted(dav.href("/c/.//o"), token);
    way.send(dav.request("PUT", "/c/o").body("4").header("If", tagged)).is(204);
    way.send(dav.request("UNLOCK", "/c/o//.").header("Lock-Token", token)).is(404);
    way.send(dav.request("UNLOCK", "/.//c/o").header("Lock-Token", token)).is(204);
    way.send(dav.request("PROPPATCH", "/c/./p//").xml(PROPERTY)).is(207);
    way.send(dav.request("DELETE", "/c//p/.")).is(204);
    way.send(dav.request("GET", "/c/p/")).is(404);
    assertEquals("4", dav.get("/c/o").is(200).text());
    assertEquals("2", dav.get("/new").is(200).text());
  }

  /** Before and inside the path of the application, too. */
  @ParameterizedTest
  @EnumSource
  @Tag("ours")
  void emptySegmentsAndSingleDots_leadToTheApplication(Way way) {
    requireOffered(way);
    Dav dav = filled();
    for (String root : List.of("//meantime/dav", "/./meantime/dav", "/meantime/.//dav/.")) {
      Dav other = new Dav(dav.user(), root + dav.base().substring("/meantime/dav".length()));
      assertEquals("two", way.send(other.request("GET", "/c/m")).is(200).text());
      Response listing = way.send(other.request("PROPFIND", "/c").header("Depth", 0)).is(207);
      assertEquals(dav.href("/c/"), listing.xml().text("//D:href"));
      Request anonymous = new Request("GET", other.href("/c/m"));
      assertEquals(401, way.send(anonymous).status(), root);
      way.send(other.by(User.READER).request("DELETE", "/d")).is(403);
    }
    assertEquals("one", dav.get("/d").text());
  }

  /** What is reserved is so in each spelling. */
  @ParameterizedTest
  @EnumSource
  @Tag("ours")
  void operations_areNoCollectionInAnySpelling(Way way) {
    requireOffered(way);
    Dav root = Dav.as(User.WRITER);
    for (String path : List.of("//.operations", "/./.operations", "/.//.operations/.//")) {
      for (String method : List.of("PUT", "MKCOL", "LOCK", "PROPPATCH", "COPY", "MOVE")) {
        for (String target : List.of(path, path + "/x")) {
          int status = way.send(AnyMethod.request(root, method, target)).status();
          assertTrue(Set.of(403, 405).contains(status), method + " " + target + " " + status);
        }
      }
      Dav dav = filled();
      way.send(to(dav.request("COPY", "/d"), root.href(path + "/x"))).is(403);
      way.send(to(dav.request("MOVE", "/d"), way.origin() + root.href(path))).is(403);
    }
    assertFalse(root.propfind("/", 1, "<D:propname/>").text().contains(".operations"));
  }

  /**
   * Grizzly answers 400, 500, or 200 without content, and the application never knows; Undertow
   * leaves most of it to the application, which answers 400.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "encoded backslash, /c%5Cm",
    "backslash, /c\\m",
    "NUL, /c%00",
    "not hexadecimal, /%zz",
    "percent alone, /c%",
    "cut escape, /c%2",
    "Latin-1, /%E4",
    "overlong UTF-8, /%C0%AF",
    "half a surrogate pair, /%ED%A0%80",
    "cut UTF-8, /%C3",
    "dot dot at the end, /c/..",
  })
  void urlTheContainerAnswers_changesNothing(String row, String path) {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    for (String method : AnyMethod.WRITING) {
      Response response = AnyMethod.request(dav, method, path).send();
      assertTrue(List.of(200, 400, 500).contains(response.status()), method + response);
      assertTrue(response.status() > 200 || response.text().isEmpty(), method + response);
    }
    before.assertUnchanged();
  }

  private static void requireOffered(Way way) {
    assumeTrue(!way.isTls() || Server.hasHttps(), "not offered: https");
  }

  /** Grizzly takes them for two over HTTP/1, where it is let. */
  @ParameterizedTest
  @EnumSource
  void threeDots_areANameLikeOthers(Way way) {
    requireOffered(way);
    Dav dav = Dav.inNewCollection();
    way.send(dav.request("PUT", "/...").body("x")).is(201);
    assertEquals("x", way.send(dav.request("GET", "/%2e..")).is(200).text());
    way.send(to(dav.request("COPY", "/..."), dav.href("/c"))).is(201);
    way.send(to(dav.request("COPY", "/c"), dav.href("/...."))).is(201);
    way.send(to(dav.request("MOVE", "/...."), dav.href("/..."))).is(204);
    way.send(dav.request("DELETE", "/...")).is(204);
    way.send(dav.request("MKCOL", "/.../")).is(201);
    way.send(dav.request("PUT", "/.../m").body("member")).is(201);
    assertEquals("member", way.send(dav.request("GET", "/%2E%2e./m")).is(200).text());
    way.send(dav.request("DELETE", "/.../")).is(204);
    way.send(dav.request("GET", "/.../m")).is(404);
    assertEquals("x", dav.get("/c").text());
  }

  private static Request to(Request request, String destination) {
    return request.header("Destination", destination);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " a",
        "a ",
        "a;b",
        "a+b",
        "100%",
        "%20",
        "%2F",
        "%",
        "a%zz",
        "a&b",
        "a&amp;b",
        "<a>",
        "<D:href>",
        "\"q\"",
        "it's",
        "a?b",
        "a#b",
        "[a]",
        "{a}|^`",
        "a:b",
        "a@b=c,d",
        "!$*()",
        "~",
        ".hidden",
        "...",
        "....",
        "...x",
        "a.",
        "]]>",
        "ä",
        "a\u0308",
        "\uac00",
        "\u1112\u1161\u11ab",
        "שלום",
        "日本語",
        "😀",
        "𝒳𐍈",
        "e\u0301\u0323",
        "\u200d",
        "\ufeffa",
        "\u00a0",
        "\ufffd",
        "\ufffe",
        "\u2028",
        "WEB-INF",
        "META-INF",
        "web-inf",
        ".operations",
        "CON",
        "a\u202eb"
      })
  void name_comesBackAsItWasPut(String name) {
    Dav dav = Dav.inNewCollection();
    String encoded = "/" + encoded(name);
    dav.put(encoded, name).is(201);
    dav.mkcol("/c/").is(201);
    dav.mkcol("/c" + encoded + "/").is(201);
    Xml found = dav.propfind("/", "infinity", "<D:prop><D:displayname/></D:prop>").is(207).xml();
    List<String> hrefs =
        found.texts("//D:href").stream()
            .filter(href -> !List.of(dav.href("/"), dav.href("/c/")).contains(href))
            .toList();
    assertEquals(2, hrefs.size(), hrefs::toString);
    for (String href : hrefs) {
      boolean collection = href.endsWith("/");
      String last = href.substring(href.lastIndexOf('/', href.length() - 2) + 1);
      assertEquals(name + (collection ? "/" : ""), decoded(last));
      String path = href.substring(dav.base().length());
      Response got = dav.get(path).is(200);
      assertTrue(collection || got.text().equals(name), got::toString);
    }
  }

  @ParameterizedTest(name = "/{0} is a name like others at the top")
  @ValueSource(strings = {"WEB-INF", "META-INF", "web-inf", "dav", "meantime"})
  void firstSegment_isNotTheContainers(String name) {
    Dav root = Dav.as(User.WRITER);
    root.mkcol("/" + name).is(201);
    root.put("/" + name + "/web.xml", "ours").is(201);
    assertEquals("ours", root.get("/" + name + "/web.xml").is(200).text());
    root.delete("/" + name).is(204);
  }

  private static String encoded(String name) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '.';
      encoded.append(plain ? String.valueOf((char) b) : "%%%02X".formatted(b & 0xFF));
    }
    return encoded.toString();
  }

  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "255 bytes, a, 255, 201",
    "256 bytes, a, 256, 414",
    "255 bytes in two-byte characters and one, %C3%A4, 127, 201",
    "256 bytes in two-byte characters, %C3%A4, 128, 414",
    "252 bytes in four-byte characters, %F0%9F%98%80, 63, 201",
    "256 bytes in four-byte characters, %F0%9F%98%80, 64, 414",
  })
  void lengthOfAName_isLimited(String row, String part, int times, int expected) {
    Dav dav = Dav.inNewCollection();
    String path = "/" + part.repeat(times);
    dav.put(path, "x").is(expected);
    dav.put("/d", "x").is(201);
    dav.copy("/d", path).is(expected == 201 ? 204 : expected);
  }

  @Test
  void tree_isAHundredLevelsDeep() {
    Dav dav = Dav.inNewCollection();
    StringBuilder path = new StringBuilder();
    for (int level = 1; level <= 100; level++) {
      path.append("/level-").append(level);
      dav.mkcol(path + "/").is(201);
    }
    dav.put(path + "/d", "deep").is(201);
    Xml all = dav.propfind("/", "infinity", "<D:propname/>").is(207).xml();
    assertEquals(102, all.count("//D:response"));
    dav.copy("/level-1", "/copy").is(201);
    dav.move("/copy", "/moved").is(201);
    String moved = path.toString().replaceFirst("level-1", "moved");
    assertEquals("deep", dav.get(moved + "/d").is(200).text());
    dav.delete("/moved").is(204);
    dav.get(moved + "/d").is(404);
    dav.get(path + "/d").is(200);
  }

  @Test
  void absoluteForm_namesTheSameResource() throws IOException {
    Dav dav = filled();
    Request get = new Request("GET", dav.url("/d"));
    dav.user().authorization().ifPresent(value -> get.header("Authorization", value));
    assertEquals("one", get.send().is(200).text());
    try (RawConnection connection = RawConnection.open()) {
      connection.sendHead(
          "DELETE " + dav.url("/c/../d") + " HTTP/1.1",
          "Host: " + Server.authority(),
          "Authorization: " + dav.user().authorization().orElseThrow());
      connection.receive().is(400);
    }
    dav.get("/d").is(200);
  }
}
