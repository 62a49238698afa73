package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** The documents of operations, as their clients ask for them. */
final class Documents {
  /** The URL path of the list of all. */
  static final String ALL = Server.ROOT + "/.operations/";

  private Documents() {}

  /** A request to an operation's document, or to what is below it. */
  static Request request(User user, String method, String href) {
    assertTrue(href.startsWith(ALL), href);
    return Dav.as(user).request(method, href.substring(Server.ROOT.length()));
  }

  static Response ask(User user, String method, String href) {
    return request(user, method, href).send();
  }

  /** The document as it is now, in JSON. */
  static String get(String href) {
    return ask(User.WRITER, "GET", href).is(200).text();
  }

  /** The document once its operation has ended, in that state. */
  static String awaitEnd(String href, String state) {
    String json =
        request(User.WRITER, "GET", href).header("Prefer", "wait=50").send().is(200).text();
    assertEquals(state, field(json, "state"), json);
    return json;
  }

  /** The value of a member of a JSON object, without quotes. */
  static String field(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
    assertTrue(matcher.find(), json);
    return matcher.group(1);
  }
}
