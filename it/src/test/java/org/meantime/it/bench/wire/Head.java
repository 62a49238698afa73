package org.meantime.it.bench.wire;

import java.nio.charset.StandardCharsets;

/** What a client must know of the header of an answer, found in the bytes as they came. */
public final class Head {
  private final byte[] bytes;
  private int status;
  private long length;
  private boolean chunked;
  private boolean closes;
  private String lockToken = "";

  Head(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Where the header that begins there ends, or -1. */
  int end(int from, int to) {
    for (int at = from + 3; at < to; at++) {
      if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
        return at + 1;
      }
    }
    return -1;
  }

  void parse(int from, int end) {
    status = (int) number(from + 9);
    length = 0;
    chunked = false;
    closes = false;
    for (int at = from; at < end - 2; at++) {
      if (bytes[at] == '\n') {
        field(at + 1, end);
      }
    }
  }

  private void field(int at, int end) {
    switch (bytes[at] | 0x20) {
      case 'c' -> {
        if (is(at, "content-length: ")) {
          length = number(at + 16);
        } else if (is(at, "connection: close")) {
          closes = true;
        }
      }
      case 't' -> chunked |= is(at, "transfer-encoding: chunked");
      case 'l' -> {
        if (is(at, "lock-token: ")) {
          int to = at;
          while (to < end && bytes[to] != '\r') {
            to++;
          }
          lockToken = new String(bytes, at + 12, to - at - 12, StandardCharsets.US_ASCII);
        }
      }
      default -> {} // of no interest
    }
  }

  private boolean is(int at, String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if (Character.toLowerCase(bytes[at + i]) != lower.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private long number(int from) {
    long number = 0;
    for (int at = from; bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = 10 * number + bytes[at] - '0';
    }
    return number;
  }

  public int status() {
    return status;
  }

  /** What Content-Length says, 0 without it. */
  public long length() {
    return length;
  }

  boolean isChunked() {
    return chunked;
  }

  boolean closes() {
    return closes;
  }

  /** That of the last answer that had one. */
  public String lockToken() {
    return lockToken;
  }
}
