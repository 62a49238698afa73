package org.meantime.dav;

/** Numbers as clients write them: in digits, perhaps in more than a long has room for. */
public final class Digits {
  private Digits() {}

  /** Whether the text is ASCII digits, one at least. */
  public static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** The number that ASCII digits write, but not more than {@code most}, which is below 2^59. */
  public static long number(String digits, long most) {
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      number = Math.min(most, number * 10 + digits.charAt(i) - '0');
    }
    return number;
  }
}
