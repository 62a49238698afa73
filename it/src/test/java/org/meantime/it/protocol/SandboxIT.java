package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.User;

/** What every answer tells a browser that it may do with it. */
@Tag("ours")
class SandboxIT extends Protocol {
  private static final String HSTS = "Strict-Transport-Security";
  private static final Map<String, String> POLICIES =
      Map.of(
          "data",
          "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:;"
              + " media-src 'self'; frame-ancestors 'none'",
          "index",
          "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
              + " frame-ancestors 'none'",
          "page",
          "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
              + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
          "run",
          "frame-ancestors 'self'");

  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d.html", "<script>0</script>").is(201);
    return dav;
  }

  private static void assertPolicy(String policy, Response answer) {
    assertEquals(POLICIES.get(policy), answer.header("Content-Security-Policy"));
    assertEquals("nosniff", answer.header("X-Content-Type-Options"));
    assertEquals("same-origin", answer.header("Cross-Origin-Resource-Policy"));
    String cache = answer.header("Cache-Control");
    assertTrue(cache.equals("private, no-cache") || cache.equals("no-store"), cache);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "whole               | GET  | /d.html | none                       | 200 | data",
        "no content          | HEAD | /d.html | none                       | 200 | data",
        "a range             | GET  | /d.html | Range: bytes=0-3           | 206 | data",
        "two ranges          | GET  | /d.html | Range: bytes=0-3,5-9       | 206 | data",
        "a range of nothing  | GET  | /d.html | Range: bytes=100-          | 416 | data",
        "nothing new         | GET  | /d.html | If-None-Match: *           | 304 | data",
        "nothing new, HEAD   | HEAD | /d.html | If-None-Match: *           | 304 | data",
        "a condition         | GET  | /d.html | If-Match: \"x\"            | 412 | data",
        "nothing there       | GET  | /no     | none                       | 404 | data",
        "not understood      | GET  | /d.html | If: (                      | 400 | data",
        "no credentials      | GET  | /d.html | Authorization:             | 401 | data",
        "wrong credentials   | GET  | /d.html | Authorization: Basic eDp5  | 401 | data",
        "a form              | POST | /d.html | none                       | 405 | data",
        "the index           | GET  | /       | none                       | 200 | index",
        "the index, HEAD     | HEAD | /       | none                       | 200 | index",
      })
  void whatIsShown_isData(
      String row, String method, String path, String field, int status, String policy) {
    Dav dav = filled();
    for (Way way : Way.values()) {
      boolean anonymous = field.startsWith("Authorization:");
      Request request = (anonymous ? dav.by(User.ANONYMOUS) : dav).request(method, path);
      String[] parts = field.split(": ", 2);
      if (parts.length == 2) {
        request.header(parts[0], parts[1]);
      }
      assertPolicy(policy, way.send(request).is(status));
    }
  }

  @ParameterizedTest(name = "{0} as {1}")
  @CsvSource({
    ".operations/, text/html, page",
    ".operations/, application/json, data",
    ".operations/operations.js, */*, data",
    ".operations/00000000-0000-0000-0000-000000000000, text/html, data",
  })
  void pagesOfOperations_haveTheirOwn(String path, String accept, String policy) {
    for (Way way : Way.values()) {
      Request request = Dav.as(User.WRITER).request("GET", "/" + path).header("Accept", accept);
      assertPolicy(policy, way.send(request));
    }
  }

  @Test
  void resultOfAnOperation_isData() {
    Dav dav = filled();
    Request listing = dav.request("PROPFIND", "/").header("Depth", "infinity");
    String href = listing.header("Prefer", "respond-async").send().is(202).header("Location");
    Dav root = Dav.as(User.WRITER);
    String path = href.substring(root.base().length());
    root.request("GET", path).header("Prefer", "wait=50").send().is(200);
    for (Way way : Way.values()) {
      for (String method : new String[] {"GET", "HEAD"}) {
        Response result = way.send(root.request(method, path + "/result")).is(200);
        assertEquals("application/xml;charset=utf-8", result.contentType());
        assertPolicy("data", result);
      }
    }
  }

  @ParameterizedTest(name = "{0}: {1} is {2}")
  @CsvSource({
    "/c, /c/d.html, run",
    "/c/, /c/d.html, run",
    "/%63, /c/d.html, run",
    "/c, /%63/d.html, run",
    "/c, /c/e/d.html, run",
    "/c/d.html, /c/d.html, run",
    "/x /c, /c/d.html, run",
    "/c/d, /c/d.html, data",
    "/c, /cc/d.html, data",
    "/c/e, /c/d.html, data",
    "/C, /c/d.html, data",
    "/c, /c/, index",
    "/c, /c/no, data",
  })
  void documentsOfACollection_mayRunWhereTheSettingSaysSo(
      String setting, String path, String policy) throws Exception {
    Dav dav = Dav.inNewCollection();
    for (String collection : new String[] {"/c/", "/c/e/", "/cc/"}) {
      dav.mkcol(collection).is(201);
      dav.put(collection + "d.html", "x").is(201);
    }
    String below = dav.base().substring(Dav.as(User.WRITER).base().length());
    try (Jmx jmx = Jmx.connect()) {
      jmx.set("meantime.documents.run", setting.replaceAll("(^|(?<= ))/", below + "/"));
      assertPolicy(policy, dav.get(path));
      assertPolicy(policy, dav.head(path));
      Request again = dav.request("GET", path).header("If-None-Match", "*");
      assertPolicy(policy.equals("index") ? "data" : policy, again.send());
    } finally {
      try (Jmx jmx = Jmx.connect()) {
        jmx.set("meantime.documents.run", "");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void hsts_isToldOverHttpsOnlyAndWhenAskedFor(Way way) throws Exception {
    Dav dav = filled();
    try (Jmx jmx = Jmx.connect()) {
      for (String method : new String[] {"GET", "PUT", "BREW"}) {
        assertTrue(way.send(dav.request(method, "/d.html")).find(HSTS).isEmpty());
      }
      jmx.set("meantime.hsts", "P365D");
      for (String method : new String[] {"GET", "PUT", "BREW"}) {
        Response answer = way.send(dav.request(method, "/d.html"));
        assertEquals(way.isTls() ? "max-age=31536000" : "none", answer.find(HSTS).orElse("none"));
      }
      jmx.set("meantime.hsts", "PT0S");
    }
  }
}
