package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DepthTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "zero, 0, ZERO",
    "one, 1, ONE",
    "infinity, infinity, INFINITY",
    "any case, InFiniTY, INFINITY",
    "space around, ' 1\t', ONE",
  })
  void wellFormedHeader_isThatDepth(String row, String header, Depth depth) {
    assertEquals(depth, Depth.parse(header));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "two, 2",
    "minus one, -1",
    "leading zero, 01",
    "a list, '0,1'",
    "noroot of another specification, 'infinity,noroot'",
    "another script's one, \u0661",
  })
  void anythingElse_isBadRequest(String row, String header) {
    DavException error = assertThrows(DavException.class, () -> Depth.parse(header));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @ParameterizedTest
  @EnumSource
  void text_parsesToItself(Depth depth) {
    assertEquals(depth, Depth.parse(depth.toString()));
  }
}
