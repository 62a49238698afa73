package org.meantime.dav.web.interim;

import java.io.IOException;

/**
 * What stands around the data of chunks, one byte at a time, as RFC 9112 §7.1 has it: the readers
 * of the engines take more, each something else. Extensions and trailers are skipped. For one
 * thread at a time.
 */
final class ChunkFraming {
  private static final int LONGEST_SIZE = 15; // digits
  private static final int LONGEST_REST = 16 * 1024; // bytes of extensions, of trailers

  /** Where the next byte belongs. */
  private enum At {
    SIZE,
    EXTENSION,
    SIZE_LF,
    DATA,
    DATA_CR,
    DATA_LF,
    TRAILER,
    TRAILER_REST,
    TRAILER_LF,
    LAST_LF,
    END,
    BROKEN
  }

  private At at = At.SIZE;
  private int digits;
  private int rest;
  private long left; // of the chunk

  /** How many bytes of data come next; 0 where framing does. */
  long data() {
    return at == At.DATA ? left : 0;
  }

  /** So many bytes of data were taken. */
  void took(long n) {
    left -= n;
    if (left == 0) {
      at = At.DATA_CR;
    }
  }

  /** True once all was read, the last line end included. */
  boolean ended() {
    return at == At.END;
  }

  /**
   * Takes a byte of framing.
   *
   * @throws IOException where it cannot stand there, or another one could not before it
   */
  void take(byte b) throws IOException {
    at = after(b);
    if (at == At.BROKEN) {
      throw new IOException("the content is not framed as chunks are");
    }
  }

  private At after(byte b) {
    return switch (at) {
      case SIZE -> afterSize(b);
      case EXTENSION -> line(b, At.EXTENSION, At.SIZE_LF);
      case SIZE_LF -> only(b, '\n', left > 0 ? At.DATA : At.TRAILER);
      case DATA_CR -> only(b, '\r', At.DATA_LF);
      case DATA_LF -> only(b, '\n', beginSize());
      case TRAILER -> b == '\r' ? At.LAST_LF : isFieldStart(b);
      case TRAILER_REST -> line(b, At.TRAILER_REST, At.TRAILER_LF);
      case TRAILER_LF -> only(b, '\n', At.TRAILER);
      case LAST_LF -> only(b, '\n', At.END);
      default -> At.BROKEN;
    };
  }

  private At beginSize() {
    digits = 0;
    return At.SIZE;
  }

  private At afterSize(byte b) {
    int digit = Character.digit(b, 16);
    if (digit >= 0 && digits < LONGEST_SIZE) {
      digits++;
      left = left << 4 | digit;
      return At.SIZE;
    }
    if (digits == 0) {
      return At.BROKEN;
    }
    return switch (b) {
      case '\r' -> At.SIZE_LF;
      case ';', ' ', '\t' -> At.EXTENSION; // some pad a size with spaces
      default -> At.BROKEN;
    };
  }

  private static At only(byte b, char due, At then) {
    return b == due ? then : At.BROKEN;
  }

  /** Text to the end of its line, of which nothing is understood. */
  private At line(byte b, At here, At end) {
    if (b == '\r') {
      return end;
    }
    boolean text = (b & 0xFF) >= ' ' && b != 0x7F || b == '\t';
    return text && ++rest <= LONGEST_REST ? here : At.BROKEN;
  }

  private At isFieldStart(byte b) {
    return b == ' ' || b == '\t' ? At.BROKEN : line(b, At.TRAILER_REST, At.LAST_LF);
  }
}
