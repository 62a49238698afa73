package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Response;
import org.meantime.it.server.User;

/** What the server says it can do, and what it says of methods it lacks. */
class OptionsIT extends Protocol {
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
