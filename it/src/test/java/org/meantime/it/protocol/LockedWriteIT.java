package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Xml;
import org.meantime.it.server.User;

/** What a lock keeps out, and whom its token lets in (RFC 4918 §7). */
class LockedWriteIT extends Protocol {
  /** The destination, where the method has one; else a dash. */
  private static Request request(Dav dav, String method, String path, String destination) {
    return destination.equals("-")
        ? AnyMethod.request(dav, method, path)
        : dav.request(method, path).header("Destination", dav.url(destination));
  }

  @ParameterizedTest(name = "{0} depth {1}: {2} {3} {4}: {5}")
  @CsvSource({
    "/d,  0,        PUT,       /d,      -,      423",
    "/d,  0,        DELETE,    /d,      -,      423",
    "/d,  0,        PROPPATCH, /d,      -,      423",
    "/d,  0,        MOVE,      /d,      /new,   423",
    "/d,  0,        COPY,      /c/m,    /d,     423",
    "/d,  0,        MOVE,      /c/m,    /d,     423",
    "/d,  0,        COPY,      /d,      /new,   201",
    "/d,  0,        GET,       /d,      -,      200",
    "/d,  0,        HEAD,      /d,      -,      200",
    "/d,  0,        OPTIONS,   /d,      -,      200",
    "/d,  0,        PROPFIND,  /d,      -,      207",
    "/d,  0,        PUT,       /new,    -,      201",
    "/c/, 0,        PUT,       /c/m,    -,      204",
    "/c/, 0,        PROPPATCH, /c/m,    -,      207",
    "/c/, 0,        PUT,       /c/new,  -,      423",
    "/c/, 0,        MKCOL,     /c/new,  -,      423",
    "/c/, 0,        LOCK,      /c/new,  -,      423",
    "/c/, 0,        DELETE,    /c/m,    -,      423",
    "/c/, 0,        MOVE,      /c/m,    /new,   423",
    "/c/, 0,        MOVE,      /d,      /c/new, 423",
    "/c/, 0,        COPY,      /d,      /c/new, 423",
    "/c/, 0,        COPY,      /c/m,    /new,   201",
    "/c/, 0,        PROPPATCH, /c/,     -,      423",
    "/c/, 0,        DELETE,    /c/,     -,      423",
    "/c/, 0,        PUT,       /c/s/n,  -,      204",
    "/c/, 0,        PUT,       /c/s/new,-,      201",
    "/c/, 0,        DELETE,    /c/s/n,  -,      204",
    "/c/, infinity, PUT,       /c/m,    -,      423",
    "/c/, infinity, PUT,       /c/s/n,  -,      423",
    "/c/, infinity, PUT,       /c/s/new,-,      423",
    "/c/, infinity, MKCOL,     /c/s/new,-,      423",
    "/c/, infinity, DELETE,    /c/s/n,  -,      423",
    "/c/, infinity, PROPPATCH, /c/s/,   -,      423",
    "/c/, infinity, MOVE,      /c/s,    /new,   423",
    "/c/, infinity, COPY,      /c/s,    /new,   201",
    "/c/, infinity, COPY,      /d,      /c/s/new, 423",
    "/c/, infinity, GET,       /c/s/n,  -,      200",
  })
  @Tag("ours")
  void lockKeepsOut_whoHasNotItsToken(
      String root, String depth, String method, String path, String destination, int expected) {
    Dav dav = LockIT.filled();
    String token =
        LockIT.lock(dav, root, "exclusive", "")
            .header("Depth", depth)
            .send()
            .is(200)
            .header("Lock-Token");
    String submit = "<" + dav.href(root) + "> (" + token + ")";
    Snapshot before = Snapshot.of(dav);
    for (Dav any : List.of(dav, dav.by(User.WRITER2), dav.by(User.ADMIN))) {
      if (expected == 423) {
        Response response = request(any, method, path, destination).send().is(423);
        Xml error = response.xml();
        String code = method.equals("LOCK") ? "D:no-conflicting-lock" : "D:lock-token-submitted";
        code = error.has("/D:error/D:lock-token-submitted") ? "D:lock-token-submitted" : code;
        assertEquals(dav.href(root), error.text("/D:error/" + code + "/D:href"));
      }
    }
    if (expected == 423) {
      request(dav.by(User.WRITER2), method, path, destination).header("If", submit).send().is(423);
      before.assertUnchanged();
      int granted = request(dav, method, path, destination).header("If", submit).send().status();
      assertTrue(granted == 201 || granted == 204 || granted == 207, () -> "with token " + granted);
    } else {
      request(dav, method, path, destination).send().is(expected);
    }
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource({
    "DELETE, /c/, -",
    "MOVE, /c/, /new",
    "COPY, /d, /c",
    "MOVE, /d, /c",
  })
  void lockedMember_stopsTheWholeAndIsNamed(String method, String path, String destination) {
    Dav dav = LockIT.filled();
    String token = dav.lock("/c/s/n", "exclusive").is(200).header("Lock-Token");
    Snapshot before = Snapshot.of(dav);
    Xml told = request(dav, method, path, destination).send().is(207).xml();
    assertEquals(List.of(dav.href("/c/s/n")), told.texts("/D:multistatus/D:response/D:href"));
    assertEquals("HTTP/1.1 423 Locked", told.text("/D:multistatus/D:response/D:status"));
    assertEquals(
        dav.href("/c/s/n"), told.text("//D:response/D:error/D:lock-token-submitted/D:href"));
    before.assertUnchanged();
    String submit = "<" + dav.href("/c/s/n") + "> (" + token + ")";
    Response done = request(dav, method, path, destination).header("If", submit).send();
    assertTrue(done.status() == 201 || done.status() == 204, done::toString);
  }

  @Test
  @Tag("ours")
  void sharedLock_letsInWhoHasOne() {
    Dav dav = LockIT.filled();
    Dav other = dav.by(User.WRITER2);
    String mine = dav.lock("/d", "shared").is(200).header("Lock-Token");
    String theirs = other.lock("/d", "shared").is(200).header("Lock-Token");
    dav.put("/d", "x").is(423);
    dav.request("PUT", "/d").header("If", "(" + mine + ")").body("x").send().is(204);
    other.request("PUT", "/d").header("If", "(" + theirs + ")").body("y").send().is(204);
    dav.request("PUT", "/d").header("If", "(" + theirs + ")").body("z").send().is(423);
    dav.unlock("/d", mine).is(204);
    dav.put("/d", "z").is(423);
    other.unlock("/d", theirs).is(204);
    dav.put("/d", "z").is(204);
  }

  @Test
  void sourceAndDestinationLocked_needBothTokens() {
    Dav dav = LockIT.filled();
    String source = dav.lock("/d", "exclusive").is(200).header("Lock-Token");
    String target = dav.lock("/c/m", "exclusive").is(200).header("Lock-Token");
    Request one = request(dav, "MOVE", "/d", "/c/m").header("If", "(" + source + ")");
    Xml told = one.send().is(423).xml();
    assertEquals(List.of(dav.href("/c/m")), told.texts("//D:lock-token-submitted/D:href"));
    request(dav, "MOVE", "/d", "/c/m")
        .header(
            "If", "<%s> (%s) <%s> (%s)".formatted(dav.href("/d"), source, dav.href("/c/m"), target))
        .send()
        .is(204);
  }
}
