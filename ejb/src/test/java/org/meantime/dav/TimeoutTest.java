package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeoutTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "seconds, Second-3600, 3600",
    "infinite, Infinite, 4294967295",
    "any case, 'sEcoNd-5', 5",
    "first of several, 'Second-7;Infinite', 7",
    "RFC example, 'Infinite;Second-4100000000', 4294967295",
    "unknown alternative first, 'Extend;Second-9', 9",
    "one without a number first, 'Second-;Second-9', 9",
    "the most, Second-4294967295, 4294967295",
    "more than the most, Second-4294967296, 4294967295",
    "more than a long, Second-99999999999999999999999, 4294967295",
  })
  void whatIsUnderstood_isThatManySeconds(String row, String elements, long seconds) {
    assertEquals(
        Optional.of(new Timeout(Duration.ofSeconds(seconds))),
        Timeout.parse(List.of(elements.split(";"))));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "a bare number, 60",
    "no number, Second-",
    "negative, Second--1",
    "fraction, Second-1.5",
    "unknown only, Extend",
    "another script's digits, Second-\u0661",
  })
  void anythingElse_isIgnored(String row, String element) {
    assertEquals(Optional.empty(), Timeout.parse(List.of(element, element)));
  }

  @Test
  void nothing_isNoWish() {
    assertEquals(Optional.empty(), Timeout.parse(List.of()));
  }

  @ParameterizedTest
  @CsvSource({"Infinite", "Second-60"})
  void text_parsesToItself(String text) {
    assertEquals(Optional.of(text), Timeout.parse(List.of(text)).map(Timeout::toString));
  }

  @Test
  void longerThanAllowed_isCut() {
    assertEquals("Second-60", Timeout.INFINITE.atMost(Duration.ofMinutes(1)).toString());
    assertEquals(
        "Second-5", new Timeout(Duration.ofSeconds(5)).atMost(Duration.ofMinutes(1)).toString());
  }
}
