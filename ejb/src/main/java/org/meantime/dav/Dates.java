package org.meantime.dav;

import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Dates as clients write and read them. Told to the second, and by hand: there are two in each
 * response of a listing, and {@code DateTimeFormatter} took an eighth of its time.
 */
public final class Dates {
  private static final String[] DAYS =
      Arrays.stream(DayOfWeek.values())
          .map(day -> day.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
          .toArray(String[]::new);
  private static final String[] MONTHS =
      Arrays.stream(Month.values())
          .map(month -> month.getDisplayName(TextStyle.SHORT, Locale.ENGLISH))
          .toArray(String[]::new);

  /** RFC 9110 §5.6.7: IMF-fixdate, also with an offset, and the two obsolete forms. */
  private static final List<DateTimeFormatter> HTTP =
      List.of(
          strict(
              new DateTimeFormatterBuilder()
                  .appendPattern("EEE, d MMM uuuu HH:mm:ss ")
                  .appendOffset("+HHMM", "GMT")),
          strict(
                  new DateTimeFormatterBuilder()
                      .appendPattern("EEEE, dd-MMM-")
                      .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
                      .appendPattern(" HH:mm:ss 'GMT'"))
              .withZone(UTC),
          strict(new DateTimeFormatterBuilder().appendPattern("EEE MMM ppd HH:mm:ss uuuu"))
              .withZone(UTC));

  private static final List<DateTimeFormatter> ISO =
      List.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
  private static final Pattern NUMBER = Pattern.compile("-?\\d{1,19}(\\.\\d{1,9})?");
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");
  private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(LAST.getEpochSecond());

  private Dates() {}

  private static DateTimeFormatter strict(DateTimeFormatterBuilder form) {
    return form.toFormatter(Locale.ENGLISH).withResolverStyle(ResolverStyle.STRICT);
  }

  /** What an HTTP date says, if it is one. */
  public static Optional<Instant> parseHttp(String text) {
    return parse(text, HTTP);
  }

  /**
   * What a date says that a client gives to a resource, if it is one of a year of four digits: an
   * HTTP date, one of RFC 3339, or a number of seconds since 1970. A number too large for that is
   * one of milliseconds, else of microseconds, else of nanoseconds.
   */
  public static Optional<Instant> parse(String text) {
    String date = text.strip();
    return NUMBER.matcher(date).matches()
        ? inRange(moment(new BigDecimal(date)))
        : parseHttp(date).or(() -> parse(date, ISO));
  }

  private static Optional<Instant> parse(String text, List<DateTimeFormatter> forms) {
    for (DateTimeFormatter form : forms) {
      try {
        return inRange(form.parse(text, Instant::from));
      } catch (DateTimeParseException e) {
        // the next form, or none
      }
    }
    return Optional.empty();
  }

  private static Instant moment(BigDecimal number) {
    BigDecimal seconds = number;
    while (seconds.abs().compareTo(LAST_SECOND) > 0) {
      seconds = seconds.movePointLeft(3);
    }
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(9);
    return Instant.ofEpochSecond(whole.longValue(), nanos.longValue());
  }

  private static Optional<Instant> inRange(Instant instant) {
    return Optional.of(instant).filter(it -> !it.isBefore(FIRST) && !it.isAfter(LAST));
  }

  /** IMF-fixdate (RFC 9110 §5.6.7). */
  public static String http(Instant instant) {
    LocalDateTime at = at(instant);
    StringBuilder text = new StringBuilder(29);
    text.append(DAYS[at.getDayOfWeek().ordinal()]).append(", ");
    two(at.getDayOfMonth(), text).append(' ');
    text.append(MONTHS[at.getMonthValue() - 1]).append(' ');
    year(at, text).append(' ');
    return time(at, text).append(" GMT").toString();
  }

  /** RFC 3339, as RFC 4918 §15.1 wants it. */
  public static String iso(Instant instant) {
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
