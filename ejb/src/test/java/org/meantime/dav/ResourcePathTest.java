package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePathTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "plain, /a/b, a|b, /a/b",
        "slash at the end, /a/b/, a|b, /a/b",
        "space, /a%20b, a b, /a%20b",
        "space not encoded, /a b, a b, /a%20b",
        "semicolon, /a;v=1, a;v=1, /a%3Bv=1",
        "semicolon encoded, /a%3Bv=1, a;v=1, /a%3Bv=1",
        "plus, /a+b, a+b, /a%2Bb",
        "plus encoded, /a%2Bb, a+b, /a%2Bb",
        "percent, /100%25, 100%, /100%25",
        "encoded twice, /%2520, %20, /%2520",
        "encoded slash encoded twice, /%252F, %2F, /%252F",
        "question mark, /a%3Fb, a?b, /a%3Fb",
        "hash, /a%23b, a#b, /a%23b",
        "angles, /%3C%3E, <>, /%3C%3E",
        "ampersand, /a&b, a&b, /a&b",
        "brackets, /%5Ba%5D, [a], /%5Ba%5D",
        "letters need no escape, /%61%7E%2d, a~-, /a~-",
        "lower case escapes, /%c3%a4, \u00e4, /%C3%A4",
        "UTF-8 of two bytes, /%C3%A4, \u00e4, /%C3%A4",
        "UTF-8 of three bytes, /%E2%82%AC, \u20ac, /%E2%82%AC",
        "UTF-8 of four bytes, /%F0%9F%98%80, \ud83d\ude00, /%F0%9F%98%80",
        "not encoded at all, /\u00e4\u20ac\ud83d\ude00, \u00e4\u20ac\ud83d\ude00,"
            + " /%C3%A4%E2%82%AC%F0%9F%98%80",
        "encoded in part, /\u00e4%20\u20ac, \u00e4 \u20ac, /%C3%A4%20%E2%82%AC",
        "decomposed stays decomposed, /a%CC%88, a\u0308, /a%CC%88",
        "three dots, /..., ..., /...",
        "dot first, /.a, .a, /.a",
        "dot last in a name, /a., a., /a.",
        "backtick, /%60, `, /%60",
        "delimiters, \"/!$&'()*,=:@-._~\", \"!$&'()*,=:@-._~\", \"/!$&'()*,=:@-._~\"",
        "two slashes first, //a/b, a|b, /a/b",
        "slashes inside and last, /a///b//, a|b, /a/b",
        "a dot, /./a/./b, a|b, /a/b",
        "a dot last, /a/b/., a|b, /a/b",
        "dots and slashes, /.//a/.//./b/.//, a|b, /a/b",
      })
  void rawPath_isThoseSegments(String row, String raw, String segments, String canonical) {
    ResourcePath path = ResourcePath.parse(raw);
    assertEquals(List.of(segments.split("\\|")), path.segments());
    assertEquals(canonical, path.toString());
    assertEquals(path, ResourcePath.parse(path.toString()));
    assertEquals(path, ResourcePath.parse(path.toString(true)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "//", "/.", "/./", "//.//"})
  void nothing_isTheRoot(String raw) {
    assertEquals(ResourcePath.ROOT, ResourcePath.parse(raw));
    assertEquals("/", ResourcePath.parse(raw).toString(true));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no slash first, a/b",
    "dot dot, /a/../b",
    "dot dot first, /..",
    "dot dot last, /a/../",
    "dot dot after slashes, /a//../b",
    "dot encoded, /a/%2e/b",
    "dot encoded last, /a/%2E",
    "dot dot encoded, /a/%2E%2e/b",
    "dot dot encoded in part, /a/.%2E/b",
    "slash encoded, /a%2Fb",
    "slash encoded in lower case, /a%2fb",
    "backslash, /a\\b",
    "backslash encoded, /a%5Cb",
    "NUL, /a%00b",
    "newline, /a%0Ab",
    "delete, /a%7F",
    "C1 control, /a%C2%85",
    "percent alone, /%",
    "percent at the end, /a%",
    "one digit, /a%2",
    "no digits, /a%zz",
    "one digit and a letter, /a%2g",
    "digits of another script, /a%\uff12\uff10",
    "signed digits, /a%+2",
    "ISO 8859-1, /%E4",
    "UTF-8 cut short, /%E2%82",
    "UTF-8 cut by a character, /%E2a",
    "UTF-8 too long, /%C0%AF",
    "UTF-8 of a surrogate, /%ED%A0%80",
    "half a surrogate pair, /a\ud83d",
    "beyond Unicode, /%F4%90%80%80",
    "a query, /a?b",
    "a fragment, /a#b",
  })
  void ambiguousPath_isBadRequest(String row, String raw) {
    DavException error = assertThrows(DavException.class, () -> ResourcePath.parse(raw));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ASCII, a, 255",
    "escapes, %61, 255",
    "two bytes, \u00e4, 127",
    "two bytes encoded, %C3%A4, 127",
    "four bytes, \ud83d\ude00, 63",
  })
  void nameOfTheMostBytes_isKept_andOneMoreIsTooLong(String row, String character, int most) {
    String longest = "/x/" + character.repeat(most) + "/y";
    assertEquals(3, ResourcePath.parse(longest).segments().size());
    String tooLong = "/x/" + character.repeat(most + 1) + "/y";
    DavException error = assertThrows(DavException.class, () -> ResourcePath.parse(tooLong));
    assertEquals(Status.URI_TOO_LONG, error.status());
  }

  @Test
  void deepPath_survives() {
    String raw = "/%C3%A4".repeat(1000);
    assertEquals(Collections.nCopies(1000, "\u00e4"), ResourcePath.parse(raw).segments());
    assertEquals(raw, ResourcePath.parse(raw).toString());
  }

  @Test
  void everyCharacterOfTheBasicPlane_survivesOrIsRefusedAlikeEncodedAndNot() {
    for (int c = 1; c <= 0xFFFF; c++) {
      if (Character.isISOControl(c) || "/\\%?#".indexOf(c) >= 0 || c >= 0xD800 && c < 0xE000) {
        continue;
      }
      ResourcePath path = ResourcePath.ROOT.member("a" + (char) c);
      assertEquals(path, ResourcePath.parse(path.toString()));
      assertEquals(path, ResourcePath.parse("/a" + (char) c));
    }
  }

  @Test
  void member_hasItsParentAndName() {
    ResourcePath path = ResourcePath.parse("/a/b");
    assertEquals("b", path.name());
    assertEquals("/a", path.parent().toString());
    assertEquals(path, path.parent().member("b"));
    assertEquals("", ResourcePath.ROOT.name());
    assertEquals(ResourcePath.ROOT, ResourcePath.ROOT.parent());
  }

  @ParameterizedTest(name = "{0} contains {1}: {2}")
  @CsvSource({
    "/, /, true",
    "/, /a, true",
    "/a, /, false",
    "/a, /a, true",
    "/a, /a/b/c, true",
    "/a, /ab, false",
    "/a/b, /a/c, false",
  })
  void contains_isByWholeSegments(String one, String other, boolean contains) {
    ResourcePath outer = ResourcePath.parse(one);
    assertEquals(contains, outer.contains(ResourcePath.parse(other)));
  }

  @ParameterizedTest(name = "{0} from {1} to {2}")
  @CsvSource({"/a/b/c, /a, /x/y, /x/y/b/c", "/a, /a, /x, /x", "/a, /, /x, /x/a", "/a, /a, /, /"})
  void rebase_replacesTheAncestor(String path, String from, String to, String rebased) {
    assertEquals(
        ResourcePath.parse(rebased),
        ResourcePath.parse(path).rebase(ResourcePath.parse(from), ResourcePath.parse(to)));
  }

  @Test
  void segments_areNotShared() {
    List<String> segments = new ArrayList<>(List.of("a"));
    ResourcePath path = new ResourcePath(segments);
    segments.add("b");
    assertEquals("/a", path.toString());
    assertFalse(path.isRoot());
    assertTrue(ResourcePath.ROOT.isRoot());
  }
}
