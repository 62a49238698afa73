package org.meantime.it.bench.wire;

import java.util.ArrayList;
import java.util.List;
import org.meantime.it.http.Request;

/** The bytes of a request in which each row of {@code #} stands for a number, written in place. */
public final class Numbered {
  private final byte[] bytes;
  private final List<int[]> rows = new ArrayList<>();

  public Numbered(Request request) {
    bytes = request.bytes();
    int begin = 0;
    for (int i = 1; i < bytes.length; i++) {
      if (bytes[i] == '#' && bytes[i - 1] != '#') {
        begin = i;
      } else if (bytes[i] != '#' && bytes[i - 1] == '#') {
        rows.add(new int[] {begin, i});
      }
    }
  }

  /** The request with the first number in the first row and so on, the last in all that follow. */
  public byte[] bytes(int... numbers) {
    for (int i = 0; i < rows.size(); i++) {
      int number = numbers[Math.min(i, numbers.length - 1)];
      for (int at = rows.get(i)[1] - 1; at >= rows.get(i)[0]; at--) {
        bytes[at] = (byte) ('0' + number % 10);
        number /= 10;
      }
    }
    return bytes;
  }
}
