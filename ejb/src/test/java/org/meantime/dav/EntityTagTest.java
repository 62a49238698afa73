package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityTagTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "strong, \"xyzzy\", xyzzy, false",
        "weak, W/\"xyzzy\", xyzzy, true",
        "empty, \"\", ``, false",
        "comma inside, `\"a,b\"`, `a,b`, false",
        "brackets inside, \"a]b)\", a]b), false",
        "backslash is no escape, \"a\\\", a\\, false",
      })
  void quotedString_isThatTag(String row, String text, String opaque, boolean weak) {
    EntityTag tag = EntityTag.parse(text);
    assertEquals(new EntityTag(opaque, weak), tag);
    assertEquals(text, tag.toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "nothing, ``",
        "no quotes, xyzzy",
        "star, *",
        "one quote, \"",
        "no end, \"xyzzy",
        "quote inside, \"a\"b\"",
        "two, `\"a\", \"b\"`",
        "weak without quotes, W/xyzzy",
        "weak in lower case, w/\"xyzzy\"",
        "space after the mark, W/ \"xyzzy\"",
      })
  void anythingElse_isBadRequest(String row, String text) {
    DavException error = assertThrows(DavException.class, () -> EntityTag.parse(text));
    assertEquals(Status.BAD_REQUEST, error.status());
    assertEquals(Optional.empty(), EntityTag.find(text));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource(
      quoteCharacter = '`',
      value = {
        // RFC 9110 §8.8.3.2
        "W/\"1\", W/\"1\", false, true",
        "W/\"1\", W/\"2\", false, false",
        "W/\"1\", \"1\", false, true",
        "\"1\", \"1\", true, true",
      })
  void comparison_isThatOfTheRfc(String one, String other, boolean strong, boolean weak) {
    EntityTag left = EntityTag.parse(one);
    EntityTag right = EntityTag.parse(other);
    assertEquals(strong, left.matchesStrongly(right));
    assertEquals(strong, right.matchesStrongly(left));
    assertEquals(weak, left.matchesWeakly(right));
    assertEquals(weak, right.matchesWeakly(left));
  }
}
