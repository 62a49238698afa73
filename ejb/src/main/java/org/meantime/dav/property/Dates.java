package org.meantime.dav.property;

import static java.time.ZoneOffset.UTC;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.Locale;

/**
 * Dates as clients read them, to the second. By hand: there are two in each response of a listing,
 * and {@code DateTimeFormatter} took an eighth of its time.
 */
final class Dates {
  private static final String[] DAYS =
      Arrays.stream(DayOfWeek.values())
          .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
          .toArray(String[]::new);
  private static final String[] MONTHS =
      Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
          .toArray(String[]::new);

  private Dates() {}

  /** IMF-fixdate (RFC 9110 §5.6.7). */
  static String http(Instant instant) {
    LocalDateTime at = at(instant);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS[at.getDayOfWeek().ordinal()]).append(", ");
    two(at.getDayOfMonth(), text).append(' ');
    text.append(MONTHS[at.getMonthValue() - 1]).append(' ');
    year(at, text).append(' ');
    return time(at, text).append(" GMT").toString();
  }

  /** RFC 3339, as RFC 4918 §15.1 wants it. */
  static String iso(Instant instant) {
    LocalDateTime at = at(instant);
    StringBuilder text = new StringBuilder(20);
    year(at, text).append('-');
    two(at.getMonthValue(), text).append('-');
    two(at.getDayOfMonth(), text).append('T');
    return time(at, text).append('Z').toString();
  }

  private static LocalDateTime at(Instant instant) {
    return LocalDateTime.ofEpochSecond(instant.getEpochSecond(), 0, UTC);
  }

  private static StringBuilder year(LocalDateTime at, StringBuilder text) {
    return two(at.getYear() % 100, two(at.getYear() / 100, text));
  }

  private static StringBuilder time(LocalDateTime at, StringBuilder text) {
    two(at.getHour(), text).append(':');
    two(at.getMinute(), text).append(':');
    return two(at.getSecond(), text);
  }

  private static StringBuilder two(int number, StringBuilder text) {
    return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
