package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.server.User;

/** What the server says it can do, and what it says of methods it lacks. */
class OptionsIT extends Protocol {
  private static final Set<String> KNOWN =
      Set.of("dav", "ms-author-via", "allow", "date", "content-length", "connection");

  private static Set<String> list(String field) {
    return new TreeSet<>(Arrays.asList(field.split("\\s*,\\s*")));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/d     | OPTIONS GET HEAD PUT DELETE COPY MOVE PROPFIND PROPPATCH LOCK UNLOCK",
        "/c/    | OPTIONS GET HEAD DELETE COPY MOVE PROPFIND PROPPATCH LOCK UNLOCK",
        "/c     | OPTIONS GET HEAD DELETE COPY MOVE PROPFIND PROPPATCH LOCK UNLOCK",
        "/no    | OPTIONS PUT MKCOL LOCK",
        "/      | OPTIONS GET HEAD DELETE COPY MOVE PROPFIND PROPPATCH LOCK UNLOCK",
      })
  void allow_isRightForTheResource(String path, String methods) {
    Dav dav = LockIT.filled();
    Response response = dav.options(path).is(200);
    assertEquals(list(methods.replace(" ", ",")), list(response.header("Allow")));
    assertTrue(list(response.header("DAV")).containsAll(Set.of("1", "2", "3")));
    assertEquals(0, response.body().length);
  }

  /** Office asks so before it has a password. That the answers are the same tells nothing. */
  @ParameterizedTest
  @ValueSource(strings = {"/d", "/c/", "/c", "/no", "/no/no", "/", "", "/locked"})
  @Tag("ours")
  void withoutCredentials_isAnsweredTheSameForEachUrl(String path) {
    Dav dav = LockIT.filled();
    dav.lock("/locked", "exclusive").is(201);
    Request request = dav.by(User.ANONYMOUS).request("OPTIONS", path);
    for (Way way : Way.values()) {
      Response response = way.send(request).is(200);
      assertEquals("1, 2, 3", response.header("DAV"));
      assertEquals("DAV", response.header("MS-Author-Via"));
      assertEquals(
          list(String.join(",", AnyMethod.READING) + "," + String.join(",", AnyMethod.WRITING)),
          list(response.header("Allow")));
      assertEquals(0, response.body().length);
      assertTrue(
          KNOWN.containsAll(
              response.head().headers().fields().stream()
                  .map(field -> field.getKey().toLowerCase(Locale.ROOT))
                  .toList()),
          response::toString);
    }
  }

  @Test
  @Tag("ours")
  void root_canBeNeitherDeletedNorMoved() {
    Set<String> allowed = list(Dav.as(User.WRITER).options("/").is(200).header("Allow"));
    assertEquals(list("OPTIONS,GET,HEAD,COPY,PROPFIND,PROPPATCH,LOCK,UNLOCK"), allowed);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "PUT, /c/",
    "PUT, /c",
    "MKCOL, /d",
    "MKCOL, /c/",
    "POST, /d",
    "PATCH, /d",
    "POST, /c/"
  })
  void methodTheResourceLacks_is405WithWhatItAllows(String method, String path) {
    Dav dav = LockIT.filled();
    Response response = AnyMethod.request(dav, method, path).send().is(405);
    Set<String> allowed = list(response.header("Allow"));
    assertTrue(allowed.contains("OPTIONS"), allowed::toString);
    assertTrue(!allowed.contains(method), allowed::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BREW", "REPORT", "SEARCH", "get", "VERSION-CONTROL", "X"})
  void unknownMethod_is501(String method) {
    Dav dav = LockIT.filled();
    dav.request(method, "/d").body("<x/>").send().is(501);
    dav.get("/d").is(200);
  }

  @Test
  void trace_isNotAllowed() {
    Dav dav = LockIT.filled();
    Response response = dav.request("TRACE", "/d").header("X-Secret", "echo").send().is(405);
    assertTrue(!response.text().contains("echo"), response::toString);
  }

  /** Payara answers for itself. */
  @Test
  void optionsOfTheServer_areTheContainers() throws IOException {
    try (RawConnection connection = RawConnection.open()) {
      connection.sendHead("OPTIONS * HTTP/1.1", "Host: localhost");
      connection.receive().is(200);
    }
  }
}
