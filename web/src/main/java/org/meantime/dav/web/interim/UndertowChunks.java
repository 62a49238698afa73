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
  private final HttpServerExchange exchange;
  private final HttpServerConnection connection;
  private final ChunkFraming framing = new ChunkFraming();
  private boolean broken;
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
    if (broken) {
      throw new EOFException("the content did not come to its end");
    }
    int read =
        into.hasRemaining() && framing.data() >= into.remaining() ? straight(into) : parsed(into);
    if (read == 0 && framing.ended()) {
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
    framing.took(n);
    return n;
  }

  private int parsed(ByteBuffer into) throws IOException {
    int before = into.position();
    boolean more = !framing.ended();
    while (more && into.hasRemaining()) {
      PooledByteBuffer pooled = connection.getByteBufferPool().allocate();
      ByteBuffer bytes = pooled.getBuffer();
      try {
        int n = arrived(next.read(bytes));
        bytes.flip();
        parse(bytes, into);
        more = n > 0 && !framing.ended() && into.position() == before;
      } finally {
        giveBack(pooled);
      }
    }
    return into.position() - before;
  }

  private void giveBack(PooledByteBuffer pooled) {
    if (pooled.getBuffer().hasRemaining() && !broken) {
      connection.ungetRequestBytes(pooled);
    } else {
      pooled.close();
    }
  }

  /** The connection ends after the content, or the content was cut off. */
  private int arrived(int n) throws IOException {
    if (n < 0) {
      fail();
      throw new EOFException("the connection ended within the content");
    }
    return n;
  }

  private void parse(ByteBuffer bytes, ByteBuffer into) throws IOException {
    while (bytes.hasRemaining() && !framing.ended()) {
      if (framing.data() == 0) {
        take(bytes.get());
      } else if (into.hasRemaining()) {
        int most = Math.min(bytes.remaining(), into.remaining());
        int n = (int) Math.min(framing.data(), most);
        into.put(into.position(), bytes, bytes.position(), n);
        into.position(into.position() + n);
        bytes.position(bytes.position() + n);
        framing.took(n);
      } else {
        return;
      }
    }
  }

  private void take(byte b) throws IOException {
    try {
      framing.take(b);
    } catch (IOException e) {
      fail();
      throw e;
    }
  }

  private void fail() {
    broken = true;
    exchange.setPersistent(false);
  }

  @Override
  public void terminateReads() throws IOException {
    if (!framing.ended()) {
      exchange.setPersistent(false);
      super.terminateReads();
    }
  }
}
