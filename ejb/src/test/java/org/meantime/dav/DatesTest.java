package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatesTest {
  private static final Instant YEAR_10000 = Instant.parse("9999-12-31T23:59:59Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1994-11-06T08:49:37Z     | Sun, 06 Nov 1994 08:49:37 GMT | 1994-11-06T08:49:37Z",
        "1970-01-01T00:00:00Z     | Thu, 01 Jan 1970 00:00:00 GMT | 1970-01-01T00:00:00Z",
        "2024-02-29T23:59:59.999Z | Thu, 29 Feb 2024 23:59:59 GMT | 2024-02-29T23:59:59Z",
        "1969-12-31T23:59:59.5Z   | Wed, 31 Dec 1969 23:59:59 GMT | 1969-12-31T23:59:59Z",
        "0800-12-25T00:00:00Z     | Mon, 25 Dec 0800 00:00:00 GMT | 0800-12-25T00:00:00Z",
      })
  void aMoment_isThatText(Instant moment, String http, String iso) {
    assertEquals(http, Dates.http(moment));
    assertEquals(iso, Dates.iso(moment));
  }

  @Test
  void anyMoment_isAsTheLibraryHasIt() {
    DateTimeFormatter fixdate =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US);
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      long second = (long) (random.nextDouble() * YEAR_10000.getEpochSecond());
      Instant moment = Instant.ofEpochSecond(second, random.nextInt(1_000_000_000));
      assertEquals(fixdate.format(moment.atOffset(ZoneOffset.UTC)), Dates.http(moment));
      assertEquals(moment.truncatedTo(ChronoUnit.SECONDS).toString(), Dates.iso(moment));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "IMF-fixdate           | Sun, 06 Nov 1994 08:49:37 GMT   | 1994-11-06T08:49:37Z",
        "RFC 850               | Sunday, 06-Nov-94 08:49:37 GMT  | 1994-11-06T08:49:37Z",
        "asctime               | Sun Nov  6 08:49:37 1994        | 1994-11-06T08:49:37Z",
        "with an offset        | Sun, 6 Nov 1994 09:49:37 +0100  | 1994-11-06T08:49:37Z",
        "of Windows' beginning | Mon, 01 Jan 1601 00:00:00 GMT   | 1601-01-01T00:00:00Z",
        "RFC 3339              | 1994-11-06T08:49:37Z            | 1994-11-06T08:49:37Z",
        "with milliseconds     | 1994-11-06T08:49:37.123Z        | 1994-11-06T08:49:37.123Z",
        "with nanoseconds      | 1994-11-06T08:49:37.123456789Z  | 1994-11-06T08:49:37.123456789Z",
        "with an offset        | 1994-11-06T03:49:37-05:00       | 1994-11-06T08:49:37Z",
        "of Go's beginning     | 0001-01-01T00:00:00Z            | 0001-01-01T00:00:00Z",
        "seconds               | 784111777                       | 1994-11-06T08:49:37Z",
        "seconds and part      | 784111777.5                     | 1994-11-06T08:49:37.500Z",
        "nanoseconds of one    | 784111777.123456789             | 1994-11-06T08:49:37.123456789Z",
        "none                  | 0                               | 1970-01-01T00:00:00Z",
        "before 1970           | -1                              | 1969-12-31T23:59:59Z",
        "part before 1970      | -0.25                           | 1969-12-31T23:59:59.750Z",
        "before the year 1     | -62135596801                    | 0000-12-31T23:59:59Z",
        "the last              | 253402300799                    | 9999-12-31T23:59:59Z",
        "milliseconds          | 784111777123                    | 1994-11-06T08:49:37.123Z",
        "and before 1970       | -11644473600000                 | 1601-01-01T00:00:00Z",
        "microseconds          | 784111777123456                 | 1994-11-06T08:49:37.123456Z",
        "nanoseconds           | 784111777123456789              | 1994-11-06T08:49:37.123456789Z",
        "of this century       | 1764550000123456789             | 2025-12-01T00:46:40.123456789Z",
        "white space around    | '  784111777 '                  | 1994-11-06T08:49:37Z",
      })
  void aDate_isThatMoment(String form, String text, Instant moment) {
    assertEquals(Optional.of(moment), Dates.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "yesterday",
        "-",
        ".5",
        "1e9",
        "0x10",
        "1,5",
        "NaN",
        "٧٨٤",
        "99999999999999999999",
        "-62167219201",
        "1994-11-06",
        "1994-11-06T08:49:37",
        "1994-02-30T08:49:37Z",
        "+10000-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
        "-0001-01-01T00:00:00Z",
        "Mon, 06 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 94 08:49:37 GMT",
        "Sun, 31 Nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 CET",
        "Fri, 31 Dec 10000 00:00:00 GMT",
        "1994-11-06T08:49:37Z 1994-11-06T08:49:37Z"
      })
  void whatIsNoDate_isNoMoment(String text) {
    assertEquals(Optional.empty(), Dates.parse(text));
  }
}
