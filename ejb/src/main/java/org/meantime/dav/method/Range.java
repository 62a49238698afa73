package org.meantime.dav.method;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of bytes (RFC 9110 §14).
 *
 * @param first the offset of the first byte
 * @param last the offset of the last byte, included
 */
record Range(long first, long last) {
  /** More ranges than this in one request are an attack, or a client that wants all of it. */
  private static final int MOST = 64;

  private static final Pattern SPEC = Pattern.compile("(\\d{0,18})-(\\d{0,18})");

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
    String[] specs = text.substring(6).split(",", MOST + 2);
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
    boolean senseless = specs.length > MOST || ranges.size() > 1 && total > length;
    return senseless ? Optional.empty() : Optional.of(ranges);
  }

  private static Optional<Range> of(String from, String to, long length) {
    if (from.isEmpty()) {
      long suffix = Math.min(Long.parseLong(to), length);
      return suffix == 0 ? Optional.empty() : Optional.of(new Range(length - suffix, length - 1));
    }
    long first = Long.parseLong(from);
    if (!to.isEmpty() && Long.parseLong(to) < first) {
      return Optional.of(new Range(first, first - 1)); // bad syntax, see the caller
    }
    long last = to.isEmpty() ? length - 1 : Math.min(Long.parseLong(to), length - 1);
    return first >= length ? Optional.empty() : Optional.of(new Range(first, last));
  }

  long length() {
    return last - first + 1;
  }

  /** The Content-Range field. */
  String contentRange(long total) {
    return "bytes " + first + "-" + last + "/" + total;
  }
}
