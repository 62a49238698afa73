package org.meantime.dav;

import java.time.Duration;

/** How long a lock lasts (RFC 4918 §10.7). */
public record Timeout(Duration duration) {
  /** The most seconds the header can say: 2^32-1, which is also what "Infinite" asks for. */
  public static final Timeout INFINITE = new Timeout(Duration.ofSeconds(0xFFFF_FFFFL));

  /**
   * Parses a Timeout header: of the alternatives it lists, the first that is understood. A header
   * in which none is understood is a 400.
   */
  public static Timeout parse(String header) {
    for (String alternative : header.split(",")) {
      String text = alternative.strip();
      if (text.equalsIgnoreCase("Infinite")) {
        return INFINITE;
      }
      if (text.regionMatches(true, 0, "Second-", 0, 7) && isNumber(text.substring(7))) {
        return new Timeout(Duration.ofSeconds(seconds(text.substring(7))));
      }
    }
    throw DavException.badRequest("Timeout is a list of Infinite and Second-n");
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** However many digits there are, no more than {@link #INFINITE}. */
  private static long seconds(String digits) {
    long most = INFINITE.duration.toSeconds();
    long seconds = 0;
    for (int i = 0; i < digits.length(); i++) {
      seconds = Math.min(most, seconds * 10 + digits.charAt(i) - '0');
    }
    return seconds;
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
