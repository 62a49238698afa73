package org.meantime.dav.method;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.LockToken;
import org.meantime.dav.Prefer;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;
import org.meantime.dav.property.MediaTypes;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/** Whatever stands in a field, to read it takes no longer than its length. */
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

  private static final Settings SETTINGS = new Settings(key -> Optional.empty());

  private static final List<Consumer<String>> PARSERS =
      List.of(
          IfHeader::parse,
          EntityTag::find,
          LockToken::parse,
          text -> Timeout.parse(List.of(text)),
          Depth::parse,
          ResourcePath::parse,
          MediaTypes::kept,
          MediaTypes::keptLanguages,
          text -> Prefer.parse(List.of(text)),
          text -> Range.parse(text, 1_000),
          text -> SETTINGS.agents(Setting.INTERIM_REFUSE).find(text),
          text -> SETTINGS.agents(Setting.INTERIM_LIMIT).find(text));

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
  void longText_isReadOrRefusedInOneGo(String unit) {
    assertTimeoutPreemptively(
        PATIENCE, () -> texts(unit).forEach(text -> PARSERS.forEach(it -> read(it, text))));
  }

  private static void read(Consumer<String> parser, String text) {
    assertDoesNotThrow(
        () -> {
          try {
            parser.accept(text);
          } catch (DavException e) {
            // refused
          }
        });
  }
}
