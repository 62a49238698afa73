package org.meantime.dav.method;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.dav.Digits;

/**
 * A range of bytes (RFC 9110 §14).
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte, included
 */
record Range(long first, long last) {
  /** More ranges than this in one request are an attack, or a client that wants all of it. */
  private static final int MOST = 64;

  /** Beyond the end of any content. */
  private static final long BEYOND = 1L << 58;

  private static final Pattern SPEC = Pattern.compile("(\\d*)-(\\d*)");

  /**
   * Parses a Range field for content of that length. Empty where it must be ignored: another unit,
   * bad syntax, or ranges that together are no less than the whole (§14.2). An empty list where no
   * range can be satisfied.
   */
  static Optional<List<Range>> parse(String field, long length) {
    String text = field.strip();
    if (!text.regionMatches(true, 0, "bytes=", 0, 6)) {
      return Optional.empty();
    }
    List<String> specs = // RFC 9110 §5.6.1.2: empty elements of a list are to be ignored
        Arrays.stream(text.substring(6).split(",", MOST + 2)).filter(it -> !it.isBlank()).toList();
    List<Range> ranges = new ArrayList<>();
    long total = 0;
    for (String spec : specs) {
      Matcher matcher = SPEC.matcher(spec.strip());
      if (!matcher.matches() || matcher.group().equals("-")) {
        return Optional.empty();
      }
      Optional<Range> range = of(matcher.group(1), matcher.group(2), length);
      if (range.isPresent() && range.get().last < range.get().first) {
        return Optional.empty();
      }
      range.ifPresent(ranges::add);
      total += range.map(Range::length).orElse(0L);
    }
    boolean senseless =
        specs.isEmpty() || specs.size() > MOST || ranges.size() > 1 && total > length;
    return senseless ? Optional.empty() : Optional.of(ranges);
  }

  private static Optional<Range> of(String from, String to, long length) {
    if (from.isEmpty()) {
      long suffix = Math.min(number(to), length);
      return suffix == 0 ? Optional.empty() : Optional.of(new Range(length - suffix, length - 1));
    }
    long first = number(from);
    if (!to.isEmpty() && number(to) < first) {
      return Optional.of(new Range(first, first - 1)); // bad syntax, see the caller
    }
    long last = to.isEmpty() ? length - 1 : Math.min(number(to), length - 1);
    return first >= length ? Optional.empty() : Optional.of(new Range(first, last));
  }

  private static long number(String digits) {
    return Digits.number(digits, BEYOND);
  }

  long length() {
    return last - first + 1;
  }

  /** The Content-Range field. */
  String contentRange(long total) {
    return "bytes " + first + "-" + last + "/" + total;
  }
}
