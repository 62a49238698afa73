package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;
import org.meantime.dav.settings.Settings;

class ConditionsParserTest {
  private static ConditionsParser parser(FakeRequest request) {
    Settings settings = new Settings(key -> Optional.empty());
    return new ConditionsParser(
        new Fields(request.servlet(), settings),
        Location.of(request.servlet(), settings, path -> path));
  }

  private static FakeRequest request() {
    return new FakeRequest("PUT", "/dav/a");
  }

  @Test
  void noField_isNoCondition() {
    assertEquals(Conditions.NONE, parser(request()).parse());
  }

  @Test
  void aStar_isAnyTag() {
    Conditions conditions = parser(request().header("If-None-Match", "*")).parse();
    assertEquals(Optional.of(new TagList(true, List.of())), conditions.ifNoneMatch());
  }

  @Test
  void tags_areReadOverAllLinesAndCommasInThem() {
    FakeRequest request =
        request().header("If-Match", "\"a\", W/\"b,c\"").header("If-Match", " , \"d\"");
    TagList tags = parser(request).parse().ifMatch().orElseThrow();
    assertEquals(
        List.of(EntityTag.strong("a"), new EntityTag("b,c", true), EntityTag.strong("d")),
        tags.tags());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no quotes, abc",
    "one quote, \"abc",
    "small w, 'w/\"abc\"'",
    "nothing, ''",
    "commas alone, ' , ,'",
    "several, 'abc, W/abc, def\"'",
  })
  void aTagThatIsNone_isAConditionThatNothingMatches(String row, String text) {
    Conditions conditions =
        parser(request().header("If-Match", text).header("If-None-Match", text)).parse();
    Optional<TagList> nothing = Optional.of(new TagList(false, List.of()));
    assertEquals(nothing, conditions.ifMatch());
    assertEquals(nothing, conditions.ifNoneMatch());
  }

  @Test
  void aTagBesideOnesThatAreNone_counts() {
    Conditions conditions = parser(request().header("If-Match", "abc, \"a\", x")).parse();
    assertEquals(
        Optional.of(new TagList(false, List.of(EntityTag.strong("a")))), conditions.ifMatch());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "IMF-fixdate, 'Sun, 06 Nov 1994 08:49:37 GMT'",
    "RFC 850, 'Sunday, 06-Nov-94 08:49:37 GMT'",
    "asctime, 'Sun Nov  6 08:49:37 1994'"
  })
  void aDate_isReadInItsThreeForms(String form, String text) {
    Instant expected = Instant.parse("1994-11-06T08:49:37Z");
    FakeRequest request =
        request().header("If-Modified-Since", text).header("If-Unmodified-Since", text);
    Conditions conditions = parser(request).parse();
    assertEquals(Optional.of(expected), conditions.ifModifiedSince());
    assertEquals(Optional.of(expected), conditions.ifUnmodifiedSince());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "0", "Mon, 06 Nov 1994 08:49:37 GMT", "1994-11-06"})
  void aDateThatIsNone_isIgnored(String text) {
    Conditions conditions = parser(request().header("If-Unmodified-Since", text)).parse();
    assertTrue(conditions.ifUnmodifiedSince().isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "/dav/b, /b",
    "http://dav.example/dav/b/, /b",
    "http://other.example/dav/b, ''",
    "/other/b, ''",
    "nonsense, ''"
  })
  void aResourceTag_namesAPathOfOursOrNone(String tag, String path) {
    IfHeader header =
        new IfHeader(
            List.of(
                new IfHeader.ConditionList(tag, List.of()),
                new IfHeader.ConditionList("", List.of())));
    Map<String, ResourcePath> expected =
        path.isEmpty() ? Map.of() : Map.of(tag, ResourcePath.parse(path));
    assertEquals(expected, parser(request()).tagged(header));
  }
}
