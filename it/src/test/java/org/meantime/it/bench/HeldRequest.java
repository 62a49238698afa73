package org.meantime.it.bench;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** One request, and what comes in on its connection: 102s and when, and the final response. */
final class HeldRequest {
  private static final String END = "\r\n\r\n";

  private final byte[] bytes;
  private final StringBuilder head = new StringBuilder();
  private long[] interims = new long[16]; // nanoseconds
  private int count;
  private OptionalInt status = OptionalInt.empty();
  private boolean wrong;

  HeldRequest(byte[] bytes) {
    this.bytes = bytes;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Takes in what arrived at that time. */
  void take(ByteBuffer arrived, long now) {
    while (arrived.hasRemaining()) {
      head.append((char) (arrived.get() & 0xff));
      if (head.length() >= END.length() && head.indexOf(END, head.length() - END.length()) >= 0) {
        response(head.toString(), now);
        head.setLength(0);
      }
    }
  }

  private void response(String response, long now) {
    if (response.startsWith("HTTP/1.1 102 ") && status.isEmpty()) {
      if (count == interims.length) {
        interims = Arrays.copyOf(interims, 2 * count);
      }
      interims[count++] = now;
    } else {
      wrong |= status.isPresent() || !response.contains("\r\nContent-Length: 0\r\n");
      status = OptionalInt.of(Integer.parseInt(response.substring(9, 12)));
    }
  }

  boolean ended() {
    return status.isPresent();
  }

  /** The connection ended. */
  void lost() {
    wrong |= !ended();
    status = OptionalInt.of(status.orElse(0));
  }

  /** Whether there was exactly one final response, and it that one, without content. */
  boolean isRight(int expected) {
    return !wrong && head.isEmpty() && status.equals(OptionalInt.of(expected));
  }

  /** The times from one 102 to the next, of those that came between these two moments. */
  LongStream gaps(long from, long to) {
    long[] within =
        Arrays.stream(interims, 0, count).filter(at -> at - from >= 0 && at - to <= 0).toArray();
    return IntStream.range(1, within.length).mapToLong(i -> within[i] - within[i - 1]);
  }
}
