package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * The If header (RFC 4918 §10.4). In the tables {@code LOCK} is the token of the lock on d and
 * {@code TAG} its entity tag; {@code TREE} is the token of the lock on the collection c, in angle
 * brackets all.
 */
class IfHeaderIT extends Protocol {
  private static final String NONE = "<urn:uuid:6f7f1b1e-0000-4000-8000-000000000000>";

  private record Locked(Dav dav, String lock, String tree, String tag) {
    static Locked here() {
      Dav dav = LockIT.filled();
      String lock = dav.lock("/d", "exclusive").is(200).header("Lock-Token");
      String tree = dav.lock("/c/", "exclusive").is(200).header("Lock-Token");
      return new Locked(dav, lock, tree, dav.get("/d").header("ETag"));
    }

    String fill(String header) {
      return header
          .replace("LOCK", lock)
          .replace("TREE", tree)
          .replace("TAG", tag)
          .replace("NONE", NONE)
          .replace("URL", Server.origin() + dav.base())
          .replace("PATH", dav.base());
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "(LOCK)                                     | 204",
        "  (  LOCK  )                               | 204",
        "(LOCK [TAG])                               | 204",
        "(LOCK[TAG])                                | 204",
        "([TAG] LOCK)                               | 204",
        "(LOCK [\"other\"])                         | 412",
        "([TAG])                                    | 423",
        "([\"other\"])                              | 412",
        "(NONE)                                     | 412",
        "(Not NONE)                                 | 423",
        "(Not LOCK)                                 | 412",
        "(Not NONE LOCK)                            | 204",
        "(not NONE LOCK)                            | 204",
        "(NotNONE LOCK)                             | 204",
        "(nOT <dav:no-lock> LOCK)                   | 204",
        "(LOCK [TAG] NOT [\"other\"])                | 204",
        "(Not [\"other\"] LOCK)                     | 204",
        "(Not [TAG] LOCK)                           | 412",
        "(LOCK NONE)                                | 412",
        "(<DAV:no-lock>)                            | 412",
        "(Not <DAV:no-lock>)                        | 423",
        "(LOCK) (Not <DAV:no-lock>)                 | 204",
        "(NONE) (Not <DAV:no-lock>)                 | 423",
        "(<DAV:no-lock>) (LOCK)                     | 204",
        "(LOCK) ([\"other\"])                       | 204",
        "([\"other\"]) (NONE) (LOCK [TAG])          | 204",
        "([\"other\"] LOCK) ([TAG])                 | 204",
        "<PATH/d> (LOCK)                            | 204",
        "<URL/d> (LOCK)                             | 204",
        "<PATH/%64> (LOCK)                          | 204",
        "<PATH/d> (NONE) (LOCK)                     | 204",
        "<PATH/d> (NONE) <PATH/c/m> (TREE) (LOCK)   | 204",
        "<PATH/c/m> (LOCK)                          | 412",
        "<PATH/c/m> (TREE) <PATH/d> (LOCK)          | 204",
        "<PATH/c/m> (TREE)                          | 423",
        "<PATH/c/m> (Not LOCK)                      | 204",
        "<PATH/no> (LOCK)                           | 412",
        "<PATH/no> (Not LOCK)                       | 204",
        "<PATH/no> (Not [TAG]) <PATH/d> (LOCK)      | 204",
        "<http://other.example/d> (LOCK)            | 412",
        "<http://other.example/d> (LOCK) <PATH/d> (LOCK) | 204",
        "<ftp://127.0.0.1/d> (LOCK)                 | 412",
        "<http://127.0.0.1:1PATH/d> (LOCK)          | 412",
        "<http://127.0.0.1:1PATH/d> (LOCK) <PATH/d> (LOCK) | 204",
        "</elsewhere> (LOCK)                        | 412",
      })
  void putOnALockedDocument(String header, int expected) {
    Locked locked = Locked.here();
    Dav dav = locked.dav();
    dav.request("PUT", "/d").header("If", locked.fill(header)).body("new").send().is(expected);
    assertEquals(expected == 204 ? "new" : "one", dav.get("/d").text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "()",
        "LOCK",
        "(LOCK",
        "LOCK)",
        "(LOCK))",
        "(LOCK) x",
        "x (LOCK)",
        "(Not)",
        "(Not Not LOCK)",
        "(urn:uuid:1)",
        "(<relative>)",
        "(<>)",
        "([unquoted])",
        "([\"open)",
        "([TAG)",
        "<PATH/d>",
        "<PATH/d> <PATH/d> (LOCK)",
        "<d> (LOCK)",
        "(LOCK) <PATH/d> (LOCK)",
        "(LOCK), (LOCK)",
      })
  void headerThatDoesNotFollowTheGrammar_is400(String header) {
    Locked locked = Locked.here();
    Dav dav = locked.dav();
    dav.request("PUT", "/d").header("If", locked.fill(header)).body("new").send().is(400);
    assertEquals("one", dav.get("/d").text());
  }

  @ParameterizedTest(name = "{0} {1} If: {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GET       | /d   | ([TAG])                  | 200",
        "GET       | /d   | ([\"other\"])            | 412",
        "HEAD      | /d   | (NONE)                   | 412",
        "PROPFIND  | /d   | (LOCK)                   | 207",
        "PROPFIND  | /d   | (NONE)                   | 412",
        "OPTIONS   | /d   | (LOCK)                   | 200",
        "PUT       | /new | (Not [\"other\"])        | 201",
        "PUT       | /new | ([\"other\"])            | 412",
        "PUT       | /new | (<DAV:no-lock>)          | 412",
        "MKCOL     | /new | (Not LOCK)               | 201",
        "PROPPATCH | /c/  | (TREE)                   | 207",
        "PROPPATCH | /c/s | (TREE)                   | 207",
        "DELETE    | /c/m | <PATH/c/> (TREE)         | 204",
        "DELETE    | /c/m | (TREE)                   | 204",
        "DELETE    | /c/m | <PATH/c/> (TREE [TAG])   | 412",
        "UNLOCK    | /d   | (NONE)                   | 412",
        "COPY      | /d   | <PATH/d> (LOCK [TAG]) ([\"strong\"]) | 201",
      })
  void otherMethods(String method, String path, String header, int expected) {
    Locked locked = Locked.here();
    AnyMethod.request(locked.dav(), method, path)
        .header("If", locked.fill(header))
        .send()
        .is(expected);
  }

  @Test
  @Tag("ours")
  void tokenOfAnotherUser_isTrueButOpensNothing() {
    Locked locked = Locked.here();
    Dav other = locked.dav().by(User.WRITER2);
    other.request("PUT", "/d").header("If", locked.fill("(LOCK)")).body("new").send().is(423);
    other.request("GET", "/d").header("If", locked.fill("(LOCK)")).send().is(200);
  }

  @Test
  void severalFields_are400() {
    Locked locked = Locked.here();
    locked
        .dav()
        .request("PUT", "/d")
        .header("If", locked.fill("(LOCK)"))
        .header("If", locked.fill("([TAG])"))
        .body("new")
        .send()
        .is(400);
  }
}
