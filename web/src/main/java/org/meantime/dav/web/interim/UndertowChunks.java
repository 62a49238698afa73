package org.meantime.dav.web.interim;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.Connectors;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RequestTooBigException;
import io.undertow.server.protocol.http.HttpServerConnection;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Content in chunks, read as RFC 9112 §7.1 has it. Undertow's own reader (undertow-core 2.3.23,
 * {@code ChunkReader}) takes whatever is no digit for the end of a size, no digit at all for 0, and
 * skips what stands between the data of a chunk and the next line feed.
 */
final class UndertowChunks extends AbstractStreamSourceConduit<StreamSourceConduit> {
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

  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;
  private At at = At.SIZE;
  private int digits;
  private int rest;
  private long left; // of the chunk
  private long total;

  UndertowChunks(
      StreamSourceConduit bytes, HttpServerExchange exchange, HttpServerConnection connection) {
    super(bytes);
    this.exchange = exchange;
    this.connection = connection;
  }

  @Override
  public long read(ByteBuffer[] into, int offset, int count) throws IOException {
    for (int i = offset; i < offset + count; i++) {
      if (into[i].hasRemaining()) {
        return read(into[i]);
      }
    }
    return 0;
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    if (at == At.BROKEN) {
      throw new EOFException("the content did not come to its end");
    }
    int read = at == At.DATA && left >= into.remaining() ? straight(into) : parsed(into);
    if (read == 0 && at == At.END) {
      Connectors.terminateRequest(exchange);
      return -1;
    }
    total += read;
    if (exchange.getMaxEntitySize() > 0 && total > exchange.getMaxEntitySize()) {
      exchange.setPersistent(false);
      throw new RequestTooBigException("the content is larger than the listener lets it be");
    }
    return read;
  }

  /** All of it is data. */
  private int straight(ByteBuffer into) throws IOException {
    int n = arrived(next.read(into));
    took(n);
    return n;
  }

  private int parsed(ByteBuffer into) throws IOException {
    int before = into.position();
    boolean more = at != At.END;
    while (more && into.hasRemaining()) {
      PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
      ByteBuffer bytes = pooled.getBuffer();
      try {
        int n = arrived(next.read(bytes));
        bytes.flip();
        parse(bytes, into);
        more = n > 0 && at != At.END && into.position() == before;
      } finally {
        giveBack(pooled);
      }
    }
    return into.position() - before;
  }

  private void giveBack(PooledByteBuffer pooled) {
    if (pooled.getBuffer().hasRemaining() && at != At.BROKEN) {
      connection.ungetRequestBytes(pooled);
    } else {
      pooled.close();
    }
  }

  /** The connection ends after the content, or the content was cut off. */
  private int arrived(int n) throws IOException {
    if (n < 0) {
      at = At.BROKEN;
      exchange.setPersistent(false);
      throw new EOFException("the connection ended within the content");
    }
    return n;
  }

  private void parse(ByteBuffer bytes, ByteBuffer into) throws IOException {
    while (bytes.hasRemaining() && at != At.END) {
      if (at != At.DATA) {
        at = after(bytes.get());
        if (at == At.BROKEN) {
          exchange.setPersistent(false);
          throw new IOException("the content is not framed as chunks are");
        }
      } else if (into.hasRemaining()) {
        int n = (int) Math.min(left, Math.min(bytes.remaining(), into.remaining()));
        into.put(into.position(), bytes, bytes.position(), n);
        into.position(into.position() + n);
        bytes.position(bytes.position() + n);
        took(n);
      } else {
        return;
      }
    }
  }

  private void took(int n) {
    left -= n;
    if (left == 0) {
      at = At.DATA_CR;
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

  @Override
  public void terminateReads() throws IOException {
    if (at != At.END) {
      exchange.setPersistent(false);
      super.terminateReads();
    }
  }
}
