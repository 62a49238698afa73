package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** COPY and MOVE: where to, how much, over what, and what comes along (RFC 4918 §9.8, §9.9). */
class CopyMoveIT extends Protocol {
  private static Dav filled() {
    Dav dav = LockIT.filled();
    dav.mkcol("/e/").is(201);
    dav.put("/e/x", "four").is(201);
    return dav;
  }

  /** Every path below the collection, with the content of documents. */
  private static String tree(Dav dav) {
    Xml all = dav.propfind("/", "infinity", "<D:prop><D:resourcetype/></D:prop>").is(207).xml();
    TreeSet<String> paths = new TreeSet<>();
    for (String href : all.texts("//D:href")) {
      String path = href.substring(dav.base().length());
      paths.add(path.endsWith("/") ? path : path + "=" + dav.get(path).is(200).text());
    }
    paths.remove("/");
    return String.join(" ", paths);
  }

  private static final String BEFORE = "/c/ /c/m=two /c/s/ /c/s/n=three /d=one /e/ /e/x=four";

  private static Request to(Dav dav, String method, String from, String destination) {
    return dav.request(method, from).header("Destination", dav.url(destination));
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "COPY | /d  | /n     | 201 | /c/ /c/m=two /c/s/ /c/s/n=three /d=one /e/ /e/x=four /n=one",
        "MOVE | /d  | /n     | 201 | /c/ /c/m=two /c/s/ /c/s/n=three /e/ /e/x=four /n=one",
        "COPY | /d  | /c/m   | 204 | /c/ /c/m=one /c/s/ /c/s/n=three /d=one /e/ /e/x=four",
        "MOVE | /d  | /c/m   | 204 | /c/ /c/m=one /c/s/ /c/s/n=three /e/ /e/x=four",
        "COPY | /d  | /c     | 204 | /c=one /d=one /e/ /e/x=four",
        "COPY | /d  | /c/    | 204 | /c=one /d=one /e/ /e/x=four",
        "MOVE | /d  | /c     | 204 | /c=one /e/ /e/x=four",
        "COPY | /e  | /d     | 204 | /c/ /c/m=two /c/s/ /c/s/n=three /d/ /d/x=four /e/ /e/x=four",
        "MOVE | /e  | /d     | 204 | /c/ /c/m=two /c/s/ /c/s/n=three /d/ /d/x=four",
        "COPY | /e  | /c     | 204 | /c/ /c/x=four /d=one /e/ /e/x=four",
        "MOVE | /e/ | /c/    | 204 | /c/ /c/x=four /d=one",
        "COPY | /c  | /n     | 201 | /c/ /c/m=two /c/s/ /c/s/n=three /d=one /e/ /e/x=four /n/ /n/m=two /n/s/ /n/s/n=three",
        "COPY | /c  | /n/    | 201 | /c/ /c/m=two /c/s/ /c/s/n=three /d=one /e/ /e/x=four /n/ /n/m=two /n/s/ /n/s/n=three",
        "MOVE | /c/ | /e/n   | 201 | /d=one /e/ /e/n/ /e/n/m=two /e/n/s/ /e/n/s/n=three /e/x=four",
        "COPY | /c/s| /c/t   | 201 | /c/ /c/m=two /c/s/ /c/s/n=three /c/t/ /c/t/n=three /d=one /e/ /e/x=four",
        "MOVE | /c/s/n | /c/n | 201 | /c/ /c/m=two /c/n=three /c/s/ /d=one /e/ /e/x=four",
        "COPY | /d  | /d     | 403 | same",
        "MOVE | /d  | /d     | 403 | same",
        "COPY | /d  | /%64   | 403 | same",
        "COPY | /c  | /c/    | 403 | same",
        "MOVE | /c  | /c/    | 403 | same",
        "COPY | /c  | /c/n   | 403 | same",
        "MOVE | /c  | /c/s/n | 403 | same",
        "COPY | /c/m | /c    | 403 | same",
        "MOVE | /c/s/n | /c/ | 403 | same",
        "COPY | /d  | /no/n  | 409 | same",
        "MOVE | /c  | /no/n  | 409 | same",
        "COPY | /d  | /c/m/n | 409 | same",
        "MOVE | /no | /n     | 404 | same",
        "COPY | /no | /d     | 404 | same",
        "COPY | /d/ | /n     | 404 | same",
      })
  void tree_isThenThat(String method, String from, String to, int expected, String after) {
    Dav dav = filled();
    to(dav, method, from, to).send().is(expected);
    assertEquals(after.equals("same") ? BEFORE : after, tree(dav));
  }

  @ParameterizedTest(name = "{0} {1}, Overwrite: {2}: {3}")
  @CsvSource({
    "COPY, /c/m, none, 204",
    "MOVE, /c/m, none, 204",
    "COPY, /c/m, T, 204",
    "MOVE, /c/m, T, 204",
    "COPY, /c/m, F, 412",
    "MOVE, /c/m, F, 412",
    "COPY, /c, F, 412",
    "MOVE, /c, F, 412",
    "COPY, /c/m, t, 204",
    "MOVE, /c/m, f, 412",
    "COPY, /n, F, 201",
    "MOVE, /n, F, 201",
    "COPY, /n, x, 400",
    "MOVE, /n, '', 400",
    "COPY, /n, TF, 400",
  })
  void overwrite_isTrueUnlessItIsF(String method, String to, String overwrite, int expected) {
    Dav dav = filled();
    Request request = to(dav, method, "/d", to);
    if (!overwrite.equals("none")) {
      request.header("Overwrite", overwrite);
    }
    request.send().is(expected);
    if (expected >= 400) {
      assertEquals(BEFORE, tree(dav));
    }
  }

  @ParameterizedTest(name = "{0} {1}, Depth: {2}: {3} with {4} more")
  @CsvSource({
    "COPY, /c, none, 201, 4",
    "COPY, /c, infinity, 201, 4",
    "COPY, /c, 0, 201, 1",
    "COPY, /c, 1, 400, 0",
    "COPY, /d, 0, 201, 1",
    "COPY, /d, infinity, 201, 1",
    "MOVE, /c, none, 201, 0",
    "MOVE, /c, infinity, 201, 0",
    "MOVE, /c, 0, 400, 0",
    "MOVE, /c, 1, 400, 0",
    "MOVE, /c, Infinity, 201, 0",
    "MOVE, /d, 0, 201, 0",
    "MOVE, /d, infinity, 201, 0",
    "MOVE, /d, 1, 400, 0",
  })
  void depth_saysHowMuch(String method, String from, String depth, int expected, int more) {
    Dav dav = filled();
    Request request = to(dav, method, from, "/n");
    if (!depth.equals("none")) {
      request.header("Depth", depth);
    }
    request.send().is(expected);
    assertEquals(BEFORE.split(" ").length + more, tree(dav).split(" ").length);
  }

  @ParameterizedTest(name = "DELETE {0}, Depth: {1}: {2}")
  @CsvSource({
    "/d, 0, 204",
    "/d, Infinity, 204",
    "/d, 1, 400",
    "/c, 0, 400",
    "/c/, 1, 400",
    "/c, INFINITY, 204",
    "/e/, 0, 400",
    "/no, 0, 404",
  })
  void depthZeroOfADelete_isForDocuments(String path, String depth, int expected) {
    Dav dav = filled();
    dav.request("DELETE", path).header("Depth", depth).send().is(expected);
    assertEquals(expected != 204, tree(dav).equals(BEFORE));
  }

  @Test
  void copyOfDepthZero_mayGoBelowItsSource() {
    Dav dav = filled();
    to(dav, "COPY", "/c", "/c/n").header("Depth", 0).send().is(201);
    assertEquals(BEFORE.replace("/c/s/ ", "/c/n/ /c/s/ "), tree(dav));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "absolute                  | http://HOST:PORTBASE/n            | 201",
        "scheme in capitals        | HTTP://HOST:PORTBASE/n            | 201",
        "https to the same         | https://HOST:PORTBASE/n           | 201",
        "with a user               | http://writer@HOST:PORTBASE/n     | 201",
        "path                      | BASE/n                            | 201",
        "path encoded otherwise    | BASE/%6E                          | 201",
        "path with a slash         | BASE/n/                           | 201",
        "blanks around             | ' BASE/n '                        | 201",
        "missing                   | none                              | 400",
        "empty                     | ''                                | 400",
        "relative                  | n                                 | 400",
        "network path              | //HOST:PORTBASE/n                 | 400",
        "fragment                  | BASE/n#f                          | 400",
        "query                     | BASE/n?q                          | 400",
        "blank inside              | BASE/n n                          | 400",
        "dot segment               | BASE/c/../n                       | 400",
        "encoded slash             | BASE/c%2Fn                        | 400",
        "encoded backslash         | BASE/c%5Cn                        | 400",
        "NUL                       | BASE/n%00                         | 400",
        "bad escape                | BASE/n%zz                         | 400",
        "Latin-1                   | BASE/%E4                          | 400",
        "another host              | http://other.example/n            | 502",
        "another host, our path    | http://other.exampleBASE/n        | 502",
        "another port              | http://HOST:1BASE/n               | 502",
        "default port              | http://HOSTBASE/n                 | 502",
        "another scheme            | ftp://HOST:PORTBASE/n             | 502",
        "file                      | file:///n                         | 502",
        "outside the store         | /n                                | 502",
        "outside the application   | http://HOST:PORT/n                | 502",
        "above the store           | /meantime                         | 502",
        "no authority              | http:///n                         | 502",
      })
  void destination_isAUrlOfThisServer(String row, String destination, int expected) {
    for (String method : List.of("COPY", "MOVE")) {
      Dav dav = filled();
      String value =
          destination
              .replace("HOST", Server.host())
              .replace("PORT", String.valueOf(Server.port()))
              .replace("BASE", dav.base());
      Request request = dav.request(method, "/d");
      if (!destination.equals("none")) {
        request.header("Destination", value);
      }
      request.send().is(expected);
      assertEquals(expected == 201, dav.get("/n").status() == 200, () -> method + " " + value);
      assertEquals(expected == 201 && method.equals("MOVE") ? 404 : 200, dav.get("/d").status());
    }
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Host as the client knows it    | https://dav.example.org      | 201 | Host: dav.example.org",
        "X-Forwarded-Host               | https://dav.example.org      | 201 | X-Forwarded-Proto: https; X-Forwarded-Host: dav.example.org",
        "X-Forwarded-Host with port     | https://dav.example.org:8443 | 201 | X-Forwarded-Proto: https; X-Forwarded-Host: dav.example.org:8443",
        "X-Forwarded-Port               | https://dav.example.org:8443 | 201 | X-Forwarded-Proto: https; X-Forwarded-Host: dav.example.org; X-Forwarded-Port: 8443",
        "two proxies                    | https://dav.example.org      | 201 | X-Forwarded-Host: dav.example.org, inner.example",
        "Forwarded                      | https://dav.example.org      | 201 | Forwarded: for=192.0.2.1;proto=https;host=dav.example.org",
        "Forwarded in quotes with port  | https://dav.example.org:8443 | 201 | Forwarded: for=192.0.2.1;host=\"dav.example.org:8443\";proto=https",
        "host in capitals               | https://DAV.example.org      | 201 | X-Forwarded-Host: dav.example.ORG",
        "said nothing                   | https://dav.example.org      | 502 | X-Other: 1",
        "another host                   | https://other.example        | 502 | X-Forwarded-Host: dav.example.org",
        "another port                   | https://dav.example.org:1    | 502 | X-Forwarded-Host: dav.example.org",
      })
  void destinationBehindAProxy(String row, String origin, int expected, String fields) {
    Dav dav = filled();
    Request request = dav.request("COPY", "/d").header("Destination", origin + dav.href("/n"));
    for (String field : fields.replace("; X-", "\n X-").split("\n")) {
      int colon = field.indexOf(':');
      request.header(field.substring(0, colon).strip(), field.substring(colon + 1).strip());
    }
    request.send().is(expected);
    dav.get("/n").is(expected == 201 ? 200 : 404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"COPY", "MOVE"})
  @Tag("ours")
  void whatComesAlong(String method) {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/c/").is(201);
    dav.request("PUT", "/c/m")
        .header("Content-Type", "text/x-special; charset=utf-8")
        .header("Content-Language", "de")
        .body("content")
        .send()
        .is(201);
    for (String path : List.of("/c/", "/c/m")) {
      dav.proppatch(
              path, "<D:set><D:prop><D:displayname>N</D:displayname><Z:p>v</Z:p></D:prop></D:set>")
          .is(207);
    }
    dav.put("/old", "overwritten").is(201);
    dav.proppatch("/old", "<D:set><D:prop><Z:old>v</Z:old></D:prop></D:set>").is(207);
    Xml before = dav.propfind("/c/", "infinity", "<D:allprop/>").is(207).xml();
    to(dav.by(User.WRITER2), method, "/c", "/old").send().is(204);
    Xml after =
        dav.propfind(
                "/old", "infinity", "<D:allprop/><D:include><D:creator-displayname/></D:include>")
            .is(207)
            .xml();
    for (String member : List.of("/", "/m")) {
      String from = "//D:response[D:href='" + dav.href("/c" + member) + "']//D:prop/";
      String to = "//D:response[D:href='" + dav.href("/old" + member) + "']//D:prop/";
      for (String kept : kept(method)) {
        assertEquals(before.text(from + kept), after.text(to + kept), member + " " + kept);
      }
      assertEquals(0, after.count(to + "Z:old"));
      assertEquals(
          method.equals("COPY") ? "writer2" : "writer", after.text(to + "D:creator-displayname"));
    }
    assertEquals("content", dav.get("/old/m").is(200).text());
    assertEquals("text/x-special;charset=utf-8", dav.get("/old/m").contentType());
    assertEquals("de", dav.get("/old/m").header("Content-Language"));
  }

  private static List<String> kept(String method) {
    String both = "D:displayname Z:p D:getcontenttype D:getcontentlanguage D:getcontentlength";
    String moved = both + " D:creationdate D:getlastmodified D:getetag";
    return Arrays.asList((method.equals("MOVE") ? moved : both).split(" "));
  }

  @Test
  void creationdate_isKeptByMoveAndPutButNotByCopy() {
    Dav dav = filled();
    String created = creationdate(dav, "/d");
    String createdCollection = creationdate(dav, "/c/");
    Await.until(
        () -> {
          dav.delete("/later");
          dav.put("/later", "").is(201);
          return !creationdate(dav, "/later").equals(created);
        });
    dav.put("/d", "other").is(204);
    assertEquals(created, creationdate(dav, "/d"));
    dav.copy("/d", "/copy").is(201);
    assertNotEquals(created, creationdate(dav, "/copy"));
    dav.move("/d", "/moved").is(201);
    assertEquals(created, creationdate(dav, "/moved"));
    dav.move("/c", "/copy").is(204);
    assertEquals(createdCollection, creationdate(dav, "/copy/"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"COPY", "MOVE"})
  @Tag("ours")
  void datesThatWereGiven_comeAlong(String method) {
    Dav dav = filled();
    String dates =
        "<D:set><D:prop><D:creationdate>1999-12-31T23:59:59Z</D:creationdate>"
            + "<D:getlastmodified>Fri, 31 Dec 1999 23:59:58 GMT</D:getlastmodified></D:prop></D:set>";
    for (String path : List.of("/c/m", "/c/s/", "/c/")) {
      dav.proppatch(path, dates).is(207);
    }
    to(dav, method, "/c", "/e").send().is(204);
    for (String path : List.of("/e/m", "/e/s/", "/e/")) {
      assertEquals("1999-12-31T23:59:59Z", creationdate(dav, path), path);
      assertEquals("Fri, 31 Dec 1999 23:59:58 GMT", lastModified(dav, path), path);
    }
    assertNotEquals("Fri, 31 Dec 1999 23:59:58 GMT", lastModified(dav, "/e/s/n"));
  }

  @ParameterizedTest
  @CsvSource({"COPY, /d, /n, 201", "MOVE, /d, /c/m, 204", "COPY, /c, /n, 201", "MOVE, /c, /e, 204"})
  @Tag("ours")
  void dateOfTheRequest_isThatOfTheDestination(
      String method, String from, String destination, int expected) {
    Dav dav = filled();
    Request request = to(dav, method, from, destination).header("X-OC-Mtime", "946684799");
    assertEquals("accepted", request.send().is(expected).header("X-OC-Mtime"));
    assertEquals("Fri, 31 Dec 1999 23:59:59 GMT", lastModified(dav, destination));
  }

  private static String lastModified(Dav dav, String path) {
    String prop = "<D:prop><D:getlastmodified/></D:prop>";
    return dav.propfind(path, 0, prop).is(207).xml().text("//D:getlastmodified");
  }

  private static String creationdate(Dav dav, String path) {
    String prop = "<D:prop><D:creationdate/></D:prop>";
    return dav.propfind(path, 0, prop).is(207).xml().text("//D:creationdate");
  }

  @Test
  void replacedDocument_hasANewEntityTag() {
    Dav dav = filled();
    String before = dav.get("/c/m").header("ETag");
    dav.copy("/d", "/c/m").is(204);
    assertNotEquals(before, dav.get("/c/m").header("ETag"));
  }

  @ParameterizedTest(name = "{0} with If-Match {1}: {2}")
  @CsvSource({
    "COPY, TAG, 201",
    "COPY, '\"other\"', 412",
    "MOVE, TAG, 201",
    "MOVE, '\"other\"', 412",
    "MOVE, '*', 201",
  })
  void condition_isAboutTheSource(String method, String condition, int expected) {
    Dav dav = filled();
    String tag = dav.get("/d").header("ETag");
    to(dav, method, "/d", "/n")
        .header("If-Match", condition.replace("TAG", tag))
        .send()
        .is(expected);
    dav.get("/n").is(expected == 201 ? 200 : 404);
  }
}
