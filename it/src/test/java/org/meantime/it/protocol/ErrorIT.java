package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.User;

/** What an error says, and that it says nothing of our insides. */
class ErrorIT extends Protocol {
  private static final Pattern INSIDES =
      Pattern.compile(
          "(?i)exception|\\bat [a-z]+\\.|org\\.|java\\.|jakarta|sqlite|\\.java|/work|/home|/tmp|\\.db|"
              + "select |null|payara|glassfish|grizzly");

  @ParameterizedTest(name = "{0}: {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "name too long       | GET       | /LONG       | 414 | none",
        "nothing there       | GET       | /no         | 404 | none",
        "no parent           | PUT       | /no/no      | 409 | none",
        "collection there    | PUT       | /c/         | 405 | none",
        "into itself         | COPY      | /           | 403 | none",
        "bad depth           | PROPFIND  | /d          | 400 | Depth: 7",
        "bad XML             | PROPFIND  | /d          | 400 | body: <x",
        "entity              | PROPFIND  | /d          | 403 | body: <!DOCTYPE x SYSTEM 'file:///etc/passwd'><x/>",
        "elsewhere           | COPY      | /d          | 502 | Destination: http://other.example/x",
        "bad If              | PUT       | /d          | 400 | If: (",
        "condition           | PUT       | /d          | 412 | If-Match: \"x\"",
        "locked              | PUT       | /locked     | 423 | none",
        "wrong token         | UNLOCK    | /d          | 409 | none",
        "range               | GET       | /d          | 416 | Range: bytes=100-",
        "content of a MKCOL  | MKCOL     | /n          | 415 | body: x",
        "coding              | PUT       | /n          | 415 | Content-Encoding: gzip",
        "lock type           | LOCK      | /d          | 422 | body: <lockinfo xmlns='DAV:'><lockscope><x/></lockscope><locktype><write/></locktype></lockinfo>",
        "unknown method      | BREW      | /d          | 501 | none",
        "method of others    | POST      | /d          | 405 | none",
      })
  void error_isShortAndSaysNothingOfOurInsides(
      String row, String method, String path, int expected, String more) {
    Dav dav = LockIT.filled();
    dav.by(User.WRITER2).lock("/locked", "exclusive").is(201);
    Response response = request(dav, method, path, more).send().is(expected);
    assertTrue(response.find("DAV").isPresent() || expected == 416, "known from the container's");
    String text = response.text();
    assertFalse(INSIDES.matcher(text).find(), text);
    assertTrue(text.length() < 500, text);
    if (expected != 416) {
      String type = response.contentType();
      assertTrue(type.matches("(text/plain|application/xml);charset=utf-8"), type);
      assertEquals(type.startsWith("application/xml"), text.startsWith("<?xml"));
    }
    assertEquals(String.valueOf(response.body().length), response.header("Content-Length"));
    assertTrue(response.find("ETag").isEmpty() || expected == 416);
  }

  /** What is so, and what to do. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no parent       | WRITER    | PUT      | /no/no     | 409 | does not exist: make that first",
        "no parent       | WRITER    | MKCOL    | /no/no/    | 409 | does not exist: make that first",
        "no parent       | WRITER    | LOCK     | /no/no     | 409 | does not exist: make that first",
        "in a document   | WRITER    | PUT      | /d/x       | 409 | is a document, not a collection",
        "no credentials  | ANONYMOUS | GET      | /d         | 401 | log in with the name and password",
        "no role         | NOBODY    | GET      | /d         | 403 | the role dav-read, dav-write or dav-admin",
        "the wrong role  | READER    | PUT      | /d         | 403 | the role dav-write or dav-admin",
      })
  @Tag("ours")
  void error_saysWhatToDo(
      String row, User user, String method, String path, int expected, String sentence) {
    Dav dav = LockIT.filled().by(user);
    Response response = AnyMethod.request(dav, method, path).send().is(expected);
    assertTrue(response.text().contains(sentence), response::toString);
  }

  private static Request request(Dav dav, String method, String path, String more) {
    String target = path.replace("LONG", "x".repeat(256));
    String[] field = more.split(": ", 2);
    if (field[0].equals("body")) {
      return dav.request(method, target).body(field[1]);
    }
    boolean own = field[0].equals("Destination") || field[0].equals("Depth");
    Request request = own ? dav.request(method, target) : AnyMethod.request(dav, method, target);
    return field.length == 2 ? request.header(field[0], field[1]) : request;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "PUT, 423, lock-token-submitted",
    "LOCK, 423, no-conflicting-lock",
    "UNLOCK, 409, lock-token-matches-request-uri",
  })
  void preconditionCode_isInAnErrorElement(String method, int expected, String code) {
    Dav dav = LockIT.filled();
    dav.by(User.WRITER2).lock("/d", "exclusive").is(200);
    Response response = AnyMethod.request(dav, method, "/d").send().is(expected);
    assertEquals("application/xml;charset=utf-8", response.contentType());
    assertEquals(1, response.xml().count("/D:error/*"));
    assertTrue(response.xml().has("/D:error/D:" + code));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "207, Multi-Status",
    "412, Precondition Failed",
    "423, Locked",
    "409, Conflict",
    "201, Created"
  })
  void statusLine_hasTheReasonOfTheRfc(int status, String reason) {
    Dav dav = LockIT.filled();
    dav.by(User.WRITER2).lock("/locked", "exclusive").is(201);
    Response response =
        switch (status) {
          case 207 -> dav.propfind("/", 0, "<D:allprop/>");
          case 412 -> dav.request("GET", "/d").header("If-Match", "\"x\"").send();
          case 423 -> dav.put("/locked", "x");
          case 409 -> dav.put("/no/no", "x");
          default -> dav.put("/new", "x");
        };
    assertEquals(reason, response.is(status).reason());
  }
}
