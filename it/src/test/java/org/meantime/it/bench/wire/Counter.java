package org.meantime.it.bench.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Counts how often a text occurs in what comes in pieces (Horspool's algorithm). */
final class Counter {
  private final byte[] text;
  private final int[] skips = new int[256];

  /** The end of what came before, too short for the text, and room for as much after it. */
  private final byte[] seam;

  private int kept;
  private long count;

  Counter(String text) {
    this.text = text.getBytes(StandardCharsets.US_ASCII);
    int length = this.text.length;
    Arrays.fill(skips, length);
    for (int i = 0; i < length - 1; i++) {
      skips[this.text[i]] = length - 1 - i;
    }
    seam = new byte[2 * (length - 1)];
  }

  void take(byte[] bytes, int from, int to) {
    int most = text.length - 1;
    int added = Math.min(most, to - from);
    System.arraycopy(bytes, from, seam, kept, added);
    search(seam, 0, kept + added);
    search(bytes, from, to);
    if (to - from >= most) {
      System.arraycopy(bytes, to - most, seam, 0, most);
      kept = most;
    } else {
      int end = kept + added;
      kept = Math.min(most, end);
      System.arraycopy(seam, end - kept, seam, 0, kept);
    }
  }

  private void search(byte[] bytes, int from, int to) {
    int last = text.length - 1;
    for (int at = from; at + last < to; at += skips[bytes[at + last] & 0xff]) {
      if (Arrays.equals(bytes, at, at + last + 1, text, 0, last + 1)) {
        count++;
      }
    }
  }

  long count() {
    return count;
  }

  void reset() {
    count = 0;
    kept = 0;
  }
}
