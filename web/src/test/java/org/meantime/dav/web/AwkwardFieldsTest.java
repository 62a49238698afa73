package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.DavException;
import org.meantime.dav.request.Caller;
import org.meantime.dav.settings.Settings;

/** Whatever stands in a field of a request, to read it takes no longer than its length. */
class AwkwardFieldsTest {
  private static final int LENGTH = 64 * 1024;

  /** Not a measure: what is quadratic takes hours for a text of that length. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final List<String> UNITS =
      List.of(
          " ",
          "\t",
          ",",
          ";",
          "\"",
          "'",
          "=",
          "<",
          ">",
          "(",
          ")",
          "[",
          "]",
          "%",
          "%2",
          "%C3",
          "/",
          "//",
          "\\",
          "-",
          ":",
          ".",
          "*",
          "+",
          "0",
          "9",
          "a",
          "\u00ff",
          "\u00a0",
          "@",
          "&",
          "W/\"",
          "\"a\",",
          ";q=",
          ";q =",
          "; ",
          ", ",
          " ,",
          "a ",
          "Not ",
          "(<a:b>)",
          "</a>",
          "</a>(<a:b>)",
          "host=\"",
          "host=a,",
          "[::",
          "0-,",
          "a:",
          "://",
          "a=\"",
          "é");

  private static final List<String> BEGINNINGS =
      List.of(
          "", "a", "bytes=", "Second-", "wait", "http://", "/dav/", "<", "(<", "([\"", "a/b;",
          "\"");

  private static final List<String> NAMES =
      List.of(
          "Prefer",
          "Expect",
          "Host",
          "Forwarded",
          "X-Forwarded-Host",
          "X-Forwarded-Port",
          "If",
          "If-Match",
          "If-None-Match",
          "If-Modified-Since",
          "If-Unmodified-Since",
          "Content-Encoding",
          "Content-Language",
          "Content-Type",
          "Destination",
          "Depth",
          "Overwrite",
          "Timeout",
          "Lock-Token",
          "User-Agent");

  /** Nothing is refused for its length, so that all of it is read. */
  private static final Settings SETTINGS =
      new Settings(
          key ->
              Optional.of("1000000000").filter(it -> key.matches(".*(field|if|path|segments).*")));

  /** Each unit so often that it makes a long text. */
  static Stream<String> units() {
    return UNITS.stream();
  }

  private static Stream<String> texts(String unit) {
    return BEGINNINGS.stream()
        .map(beginning -> beginning + unit.repeat(LENGTH / unit.length()))
        .flatMap(text -> Stream.of(text, text + "b"));
  }

  @ParameterizedTest
  @MethodSource("units")
  void longField_isReadOrRefusedInOneGo(String unit) {
    assertTimeoutPreemptively(PATIENCE, () -> texts(unit).forEach(AwkwardFieldsTest::readEach));
  }

  private static void readEach(String text) {
    NAMES.forEach(name -> read(name, text));
    MediaTypes.preferred(List.of(text, text), List.of("application/json", "text/html"));
  }

  private static void read(String name, String text) {
    String method =
        switch (name) {
          case "Timeout" -> "LOCK";
          case "Lock-Token" -> "UNLOCK";
          case "Content-Type", "Content-Language", "Content-Encoding" -> "PUT";
          default -> "COPY";
        };
    FakeRequest fake = new FakeRequest(method, "/dav/a");
    fake.without(name).header(name, text);
    if (!name.equals("Destination")) {
      fake.header("Destination", "http://dav.example/dav/b");
    }
    HttpServletRequest request = fake.servlet();
    assertDoesNotThrow(
        () -> {
          try {
            new RequestParser(request, FakeRequest.contentOf(request), SETTINGS, path -> path)
                .parse(new Caller("alice", false));
          } catch (DavException e) {
            // refused
          }
        });
  }

  @ParameterizedTest
  @MethodSource("units")
  void longFieldsOfProxies_areNotMultiplied(String unit) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          FakeRequest fake =
              new FakeRequest("COPY", "/dav/a")
                  .header("X-Forwarded-Host", (unit + "a,").repeat(20_000))
                  .header("X-Forwarded-Port", "1,".repeat(20_000))
                  .header("If", "<http://a:1/dav/a>(<a:b>)".repeat(20_000))
                  .header("Destination", "http://dav.example/dav/b");
          HttpServletRequest request = fake.servlet();
          new RequestParser(request, FakeRequest.contentOf(request), SETTINGS, path -> path)
              .parse(new Caller("alice", false));
        });
  }
}
