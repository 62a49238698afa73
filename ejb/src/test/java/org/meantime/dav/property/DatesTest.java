package org.meantime.dav.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
