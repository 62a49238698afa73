package org.meantime.dav;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a lock lasts (RFC 4918 §10.7). */
public record Timeout(Duration duration) {
  /** The most seconds the header can say: 2^32-1, which is also what "Infinite" asks for. */
  public static final Timeout INFINITE = new Timeout(Duration.ofSeconds(0xFFFF_FFFFL));

  /**
   * Parses the elements of a Timeout field: the first that is understood, if any is. It is a wish,
   * and the server chooses.
   */
  public static Optional<Timeout> parse(List<String> elements) {
    return elements.stream().flatMap(element -> find(element).stream()).findFirst();
  }

  private static Optional<Timeout> find(String element) {
    if (element.equalsIgnoreCase("Infinite")) {
      return Optional.of(INFINITE);
    }
    return element.regionMatches(true, 0, "Second-", 0, 7) && Digits.isNumber(element.substring(7))
        ? Optional.of(new Timeout(Duration.ofSeconds(seconds(element.substring(7)))))
        : Optional.empty();
  }

  private static long seconds(String digits) {
    return Digits.number(digits, INFINITE.duration.toSeconds());
  }

  /** This timeout, but not longer than {@code most}. */
  public Timeout atMost(Duration most) {
    return duration.compareTo(most) > 0 ? new Timeout(most) : this;
  }

  @Override
  public String toString() {
    return equals(INFINITE) ? "Infinite" : "Second-" + duration.toSeconds();
  }
}
