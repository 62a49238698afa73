package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Xml;
import org.meantime.it.server.User;

/** LOCK and UNLOCK: which locks are granted, told of, refreshed and given up (RFC 4918 §6, §9). */
class LockIT extends Protocol {
  private static final String ACTIVE = "/D:prop/D:lockdiscovery/D:activelock/";

  /** A document d, and a collection c with a member m and a collection s with a member n. */
  static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    dav.mkcol("/c/").is(201);
    dav.put("/c/m", "two").is(201);
    dav.mkcol("/c/s/").is(201);
    dav.put("/c/s/n", "three").is(201);
    return dav;
  }

  static Request lock(Dav dav, String path, String scope, String more) {
    return dav.request("LOCK", path)
        .xml(
            "<D:lockinfo><D:lockscope><D:%s/></D:lockscope><D:locktype><D:write/></D:locktype>%s</D:lockinfo>"
                .formatted(scope, more));
  }

  private static Xml discovery(Dav dav, String path) {
    return dav.propfind(path, 0, "<D:prop><D:lockdiscovery/></D:prop>").is(207).xml();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "/d, exclusive, infinity, 200, /d",
    "/d, shared, 0, 200, /d",
    "/c/, exclusive, 0, 200, /c/",
    "/c/, shared, infinity, 200, /c/",
    "/c, exclusive, infinity, 200, /c/",
    "/new, exclusive, infinity, 201, /new",
    "/new, shared, 0, 201, /new",
  })
  void lock_isDescribed(String path, String scope, String depth, int status, String root) {
    Dav dav = filled();
    String owner = "<D:owner><D:href>mailto:a@example.org</D:href> A &amp; B<Z:x y='1'/></D:owner>";
    Response response = lock(dav, path, scope, owner).header("Depth", depth).send().is(status);
    Xml told = response.xml();
    assertEquals(1, told.count("/D:prop/D:lockdiscovery/D:activelock"));
    assertTrue(told.has(ACTIVE + "D:lockscope/D:" + scope));
    assertTrue(told.has(ACTIVE + "D:locktype/D:write"));
    assertEquals(depth, told.text(ACTIVE + "D:depth"));
    assertEquals("Second-3600", told.text(ACTIVE + "D:timeout"));
    assertEquals(dav.href(root), told.text(ACTIVE + "D:lockroot/D:href"));
    assertEquals(
        response.header("Lock-Token"), "<" + told.text(ACTIVE + "D:locktoken/D:href") + ">");
    assertEquals("mailto:a@example.org", told.text(ACTIVE + "D:owner/D:href"));
    assertEquals("mailto:a@example.org A & B", told.text(ACTIVE + "D:owner"));
    assertEquals("1", told.text(ACTIVE + "D:owner/Z:x/@y"));
    assertTrue(response.header("Content-Type").startsWith("application/xml"));
    Xml discovered = discovery(dav, path);
    for (String part : List.of("D:locktoken", "D:owner", "D:lockroot", "D:depth")) {
      assertEquals(told.text(ACTIVE + part), discovered.text("//D:activelock/" + part));
    }
  }

  @Test
  void lockedUnmappedUrl_isAnEmptyDocument() {
    Dav dav = filled();
    String token = dav.lock("/new", "exclusive").is(201).header("Lock-Token");
    assertEquals("0", dav.get("/new").is(200).header("Content-Length"));
    Xml listed = dav.propfind("/", 1, "<D:propname/>").is(207).xml();
    assertTrue(listed.texts("//D:href").contains(dav.href("/new")));
    dav.request("MKCOL", "/new").header("If", "(" + token + ")").send().is(405);
    dav.request("PUT", "/new").header("If", "(" + token + ")").body("x").send().is(204);
    dav.unlock("/new", token).is(204);
    assertEquals("x", dav.get("/new").is(200).text());
  }

  @Test
  void lockedUnmappedUrl_staysWithoutItsLock() {
    Dav dav = filled();
    dav.unlock("/new", dav.lock("/new", "shared").is(201).header("Lock-Token")).is(204);
    dav.get("/new").is(200);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "none                           | Second-3600",
        "Infinite                       | Second-3600",
        "infinite                       | Second-3600",
        "Second-60                      | Second-60",
        "Second-3600                    | Second-3600",
        "Second-3601                    | Second-3600",
        "Second-4294967295              | Second-3600",
        "Second-99999999999999999999    | Second-3600",
        "Infinite, Second-60            | Second-3600",
        "Second-60, Second-120          | Second-60",
        "Extend, Second-60              | Second-60",
        "Second-60,Infinite             | Second-60",
        "Infinite; Infinite             | Second-3600",
        "Extend; Second-60, Infinite    | Second-60",
        "sECOND-60                      | Second-60",
        "Second                         | Second-3600",
        "Second-                        | Second-3600",
        "Second--1                      | Second-3600",
        "60                             | Second-3600",
        "60, Second-60                  | Second-60",
        "''                             | Second-3600",
      })
  void timeout_isGrantedUpToTheLimit(String asked, String granted) {
    Request request = lock(filled(), "/d", "exclusive", "");
    if (!asked.equals("none")) {
      for (String line : asked.split("; ")) {
        request.header("Timeout", line);
      }
    }
    assertEquals(granted, request.send().is(200).xml().text(ACTIVE + "D:timeout"));
  }

  @Test
  void refresh_givesTheLockNewTime() {
    Dav dav = filled();
    String token =
        lock(dav, "/d", "exclusive", "<D:owner>me</D:owner>")
            .header("Timeout", "Second-60")
            .send()
            .header("Lock-Token");
    Response refreshed =
        dav.request("LOCK", "/d")
            .header("If", "(" + token + ")")
            .header("Timeout", "Second-120")
            .send()
            .is(200);
    assertEquals("Second-120", refreshed.xml().text(ACTIVE + "D:timeout"));
    assertEquals(token, "<" + refreshed.xml().text(ACTIVE + "D:locktoken/D:href") + ">");
    assertEquals("me", refreshed.xml().text(ACTIVE + "D:owner"));
    assertTrue(refreshed.find("Lock-Token").isEmpty(), "RFC 4918 §9.10.2: not in a refresh");
    assertEquals(1, discovery(dav, "/d").count("//D:activelock"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a member of the locked tree    | /c/m | (LOCK) | 200",
        "no If header                   | /c/  | none   | 400",
        "a token that is none           | /c/  | (<urn:uuid:6f7f1b1e-0000-4000-8000-000000000000>) | 412",
        "outside the lock               | /d   | (LOCK) | 412",
        "outside the lock, but said so  | /d   | (Not LOCK) | 412",
        "nothing there                  | /no  | (LOCK) | 404",
      })
  void refresh_isOfALockThatCoversTheTarget(String row, String path, String header, int expected) {
    Dav dav = filled();
    String token = dav.lock("/c/", "exclusive").is(200).header("Lock-Token");
    Request request = dav.request("LOCK", path);
    if (!header.equals("none")) {
      request.header("If", header.replace("LOCK", token));
    }
    request.send().is(expected);
  }

  @Test
  @Tag("ours")
  void refreshByAnotherUser_isRefused() {
    Dav dav = filled();
    String token = dav.lock("/d", "exclusive").is(200).header("Lock-Token");
    dav.by(User.WRITER2).request("LOCK", "/d").header("If", "(" + token + ")").send().is(403);
  }

  @ParameterizedTest(name = "{0} {1} {2}, then {3} {4} {5}: {6}")
  @CsvSource({
    "/d,   exclusive, 0,        /d,   exclusive, 0,        423",
    "/d,   exclusive, 0,        /d,   shared,    0,        423",
    "/d,   shared,    0,        /d,   exclusive, 0,        423",
    "/d,   shared,    0,        /d,   shared,    0,        200",
    "/c/,  exclusive, infinity, /c/m, exclusive, 0,        423",
    "/c/,  exclusive, infinity, /c/s, shared,    0,        423",
    "/c/,  exclusive, infinity, /c/s/n, shared,  0,        423",
    "/c/,  shared,    infinity, /c/m, shared,    0,        200",
    "/c/,  shared,    infinity, /c/m, exclusive, 0,        423",
    "/c/,  exclusive, 0,        /c/m, exclusive, 0,        200",
    "/c/,  exclusive, 0,        /c/new, exclusive, 0,      423",
    "/c/,  exclusive, 0,        /c/s/n, exclusive, 0,      200",
    "/c/m, exclusive, 0,        /c/,  exclusive, 0,        200",
    "/c/m, exclusive, 0,        /c/,  exclusive, infinity, 207",
    "/c/m, exclusive, 0,        /c/,  shared,    infinity, 207",
    "/c/m, shared,    0,        /c/,  shared,    infinity, 200",
    "/c/m, exclusive, 0,        /d,   exclusive, infinity, 200",
  })
  void secondLock_isGrantedWhereNoneConflicts(
      String first,
      String scope,
      String depth,
      String second,
      String scope2,
      String depth2,
      int expected) {
    Dav dav = filled();
    lock(dav, first, scope, "").header("Depth", depth).send().is(200);
    Dav other = dav.by(User.WRITER2);
    Response response = lock(other, second, scope2, "").header("Depth", depth2).send().is(expected);
    String found = response.status() < 300 && response.status() != 207 ? "granted" : "refused";
    assertEquals(found.equals("granted"), response.find("Lock-Token").isPresent());
    if (expected == 423 && !second.equals("/c/new")) {
      String href = response.xml().text("/D:error/D:no-conflicting-lock/D:href");
      assertEquals(dav.href(first), href);
    }
  }

  @Test
  void treeWithALockedMember_isNotLockedAndToldWhy() {
    Dav dav = filled();
    dav.lock("/c/s/n", "exclusive").is(200);
    Xml told = dav.by(User.WRITER2).lock("/c/", "exclusive").is(207).xml();
    assertEquals(2, told.count("//D:response"));
    String member = "//D:response[D:href='" + dav.href("/c/s/n") + "']";
    assertEquals("HTTP/1.1 423 Locked", told.text(member + "/D:status"));
    String target = "//D:response[D:href='" + dav.href("/c/") + "']";
    assertEquals("HTTP/1.1 424 Failed Dependency", told.text(target + "/D:status"));
    assertEquals(0, discovery(dav, "/c/").count("//D:activelock"));
  }

  @Test
  void supportedlock_isBothScopes() {
    Xml found = filled().propfind("/d", 0, "<D:prop><D:supportedlock/></D:prop>").is(207).xml();
    String entry = "//D:supportedlock/D:lockentry[D:locktype/D:write]/D:lockscope/";
    assertEquals(1, found.count(entry + "D:exclusive"));
    assertEquals(1, found.count(entry + "D:shared"));
  }

  @Test
  void lockdiscovery_tellsTheLockOfTheTreeAboveToo() {
    Dav dav = filled();
    String tree = dav.lock("/c/", "shared").is(200).header("Lock-Token");
    String own = dav.lock("/c/s/n", "shared").is(200).header("Lock-Token");
    Xml found = dav.propfind("/", "infinity", "<D:prop><D:lockdiscovery/></D:prop>").is(207).xml();
    String tokens = "//D:response[D:href='%s']//D:locktoken/D:href";
    assertEquals(List.of(), found.texts(tokens.formatted(dav.href("/d"))));
    for (String path : List.of("/c/", "/c/m", "/c/s/")) {
      assertEquals(
          List.of(tree),
          found.texts(tokens.formatted(dav.href(path))).stream().map("<%s>"::formatted).toList());
    }
    assertEquals(
        Set.of(tree, own),
        Set.of(
            found.texts(tokens.formatted(dav.href("/c/s/n"))).stream()
                .map("<%s>"::formatted)
                .toArray()));
    assertEquals(
        Set.of(dav.href("/c/")),
        Set.copyOf(
            found.texts(
                "//D:response[D:href='%s']//D:lockroot/D:href".formatted(dav.href("/c/s/")))));
  }

  @Test
  void tokens_areUniqueAndRandom() {
    Dav dav = filled();
    Set<String> tokens = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      String token = dav.lock("/d", "shared").is(200).header("Lock-Token");
      assertTrue(
          token.matches(
              "<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}>"),
          token);
      assertTrue(tokens.add(token), token);
    }
    assertEquals(50, discovery(dav, "/d").count("//D:activelock"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "at the root of the lock      | /c/   | LOCK | 204",
        "at a member of the tree      | /c/s/ | LOCK | 204",
        "without angle brackets       | /c/   | BARE | 204",
        "outside the lock             | /d    | LOCK | 409",
        "nothing there                | /no   | LOCK | 404",
        "another token                | /c/   | <urn:uuid:6f7f1b1e-0000-4000-8000-000000000000> | 409",
        "a token of another kind      | /c/   | <opaquelocktoken:x> | 409",
        "no Lock-Token                | /c/   | none | 400",
        "another, without brackets    | /c/   | urn:uuid:6f7f1b1e-0000-4000-8000-000000000000 | 409",
        "half of the brackets         | /c/   | <BARE | 400",
        "no URI                       | /c/   | <x> | 400",
      })
  void unlock_takesTheTokenOfALockThatCoversTheTarget(
      String row, String path, String field, int expected) {
    Dav dav = filled();
    String token = dav.lock("/c/", "exclusive").is(200).header("Lock-Token");
    Request request = dav.request("UNLOCK", path);
    if (!field.equals("none")) {
      String bare = token.substring(1, token.length() - 1);
      request.header("Lock-Token", field.replace("LOCK", token).replace("BARE", bare));
    }
    Response response = request.send().is(expected);
    if (expected == 409) {
      assertTrue(response.xml().has("/D:error/D:lock-token-matches-request-uri"));
    }
    assertEquals(expected == 204 ? 0 : 1, discovery(dav, "/c/m").count("//D:activelock"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({"WRITER, 204", "WRITER2, 403", "ADMIN, 204", "READER, 403", "ANONYMOUS, 401"})
  @Tag("ours")
  void unlock_isForTheOwnerAndAdministrators(User user, int expected) {
    Dav dav = filled();
    String token = dav.lock("/d", "exclusive").is(200).header("Lock-Token");
    dav.by(user).unlock("/d", token).is(expected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no scope         | 400 | <D:lockinfo><D:locktype><D:write/></D:locktype></D:lockinfo>",
        "no type          | 400 | <D:lockinfo><D:lockscope><D:shared/></D:lockscope></D:lockinfo>",
        "both scopes      | 400 | <D:lockinfo><D:lockscope><D:shared/><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>",
        "unknown scope    | 422 | <D:lockinfo><D:lockscope><Z:x/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>",
        "unknown type     | 422 | <D:lockinfo><D:lockscope><D:shared/></D:lockscope><D:locktype><Z:x/></D:locktype></D:lockinfo>",
        "another root     | 400 | <D:propfind><D:allprop/></D:propfind>",
      })
  void lockinfoThatIsNone_locksNothing(String row, int expected, String body) {
    Dav dav = filled();
    dav.request("LOCK", "/d").xml(body).send().is(expected);
    dav.request("LOCK", "/new").xml(body).send().is(expected);
    assertEquals(0, discovery(dav, "/d").count("//D:activelock"));
    dav.get("/new").is(404);
  }

  @Test
  void depthOne_isRefused() {
    lock(filled(), "/c/", "exclusive", "").header("Depth", 1).send().is(400);
  }

  @Test
  void lockThatExpired_isGone() {
    Dav dav = filled();
    String token =
        lock(dav, "/d", "exclusive", "")
            .header("Timeout", "Second-1")
            .send()
            .is(200)
            .header("Lock-Token");
    Dav other = dav.by(User.WRITER2);
    Await.until(() -> other.put("/d", "two").status() == 204);
    assertEquals(0, discovery(dav, "/d").count("//D:activelock"));
    dav.unlock("/d", token).is(409);
    dav.request("PUT", "/d").header("If", "(" + token + ")").body("x").send().is(412);
    dav.lock("/d", "exclusive").is(200);
  }

  @Test
  void lock_endsWithItsResourceAndDoesNotTravel() {
    Dav dav = filled();
    String token = dav.lock("/d", "exclusive").is(200).header("Lock-Token");
    dav.copy("/d", "/copy").is(201);
    assertFalse(discovery(dav, "/copy").has("//D:activelock"));
    dav.request("MOVE", "/d")
        .header("Destination", dav.url("/moved"))
        .header("If", "(" + token + ")")
        .send()
        .is(201);
    assertFalse(discovery(dav, "/moved").has("//D:activelock"));
    dav.by(User.WRITER2).put("/d", "new").is(201);
    assertFalse(discovery(dav, "/d").has("//D:activelock"));
    String tree = dav.lock("/c/", "exclusive").is(200).header("Lock-Token");
    dav.request("DELETE", "/c/").header("If", "(" + tree + ")").send().is(204);
    dav.mkcol("/c/").is(201);
    assertFalse(discovery(dav, "/c/").has("//D:activelock"));
  }

  @Test
  void whatIsMovedIntoALockedTree_isLockedWithIt() {
    Dav dav = filled();
    String tree = dav.lock("/c/", "exclusive").is(200).header("Lock-Token");
    dav.request("MOVE", "/d")
        .header("Destination", dav.url("/c/d"))
        .header("If", "<" + dav.href("/c/") + "> (" + tree + ")")
        .send()
        .is(201);
    assertEquals(tree, "<" + discovery(dav, "/c/d").text("//D:locktoken/D:href") + ">");
    dav.put("/c/d", "x").is(423);
  }
}
