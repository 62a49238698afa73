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

  /** The request with that number in every row but the last, and the other one there. */
  public byte[] bytes(int first, int last) {
    for (int i = 0; i < rows.size(); i++) {
      int number = i == rows.size() - 1 ? last : first;
      for (int at = rows.get(i)[1] - 1; at >= rows.get(i)[0]; at--) {
        bytes[at] = (byte) ('0' + number % 10);
        number /= 10;
      }
    }
    return bytes;
  }

  public byte[] bytes(int number) {
    return bytes(number, number);
  }
}
