package org.meantime.it.bench.wire;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.stream.Stream;

/**
 * One connection of HTTP/1.1, kept alive, and opened again where the server closed it. Knows no
 * more of HTTP than the answers of a WebDAV server need, and makes no garbage.
 */
public final class Connection implements AutoCloseable {
  private static final int SIZE = 1 << 18;

  private final Target target;
  private final List<Counter> counters;
  private final ByteBuffer out = ByteBuffer.allocateDirect(SIZE);
  private final ByteBuffer in = ByteBuffer.allocateDirect(SIZE);
  private final byte[] bytes = new byte[SIZE];
  private final Head head = new Head(bytes);
  private SocketChannel channel;
  private int from;
  private int to;
  private long arrived;
  private long begun;
  private long first;
  private long length;

  /**
   * @param counted texts to be counted in the content of every answer
   */
  public Connection(Target target, String... counted) throws IOException {
    this.target = target;
    counters = Stream.of(counted).map(Counter::new).toList();
    open();
  }

  private void open() throws IOException {
    channel = SocketChannel.open(new InetSocketAddress(target.host(), target.port()));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a request and takes in the answer; the status of it. */
  public int exchange(byte[] request) throws IOException {
    boolean fresh = begin();
    try {
      send(request);
      return receive(request[0] != 'H');
    } catch (IOException e) {
      close();
      if (fresh || first != 0) {
        throw e;
      }
    }
    return exchange(request); // it had closed before the request came
  }

  /** Sends a request whose content is so many bytes of no meaning. */
  public int upload(byte[] header, long size) throws IOException {
    begin();
    send(header);
    for (long left = size; left > 0; ) {
      out.clear().limit((int) Math.min(left, SIZE));
      left -= channel.write(out);
    }
    return receive(true);
  }

  /** Whether the connection is a new one. */
  private boolean begin() throws IOException {
    boolean fresh = !channel.isOpen();
    if (fresh) {
      open();
    }
    counters.forEach(Counter::reset);
    first = 0;
    begun = System.nanoTime();
    return fresh;
  }

  private void send(byte[] request) throws IOException {
    out.clear().put(request).flip();
    while (out.hasRemaining()) {
      channel.write(out);
    }
  }

  private int receive(boolean withContent) throws IOException {
    from = 0;
    to = 0;
    length = 0;
    do {
      receiveHead();
    } while (head.status() < 200);
    if (withContent && head.status() != 204) {
      if (head.isChunked()) {
        receiveChunks();
      } else {
        take(head.length());
      }
    }
    if (head.closes()) {
      close();
    }
    return head.status();
  }

  private void receiveHead() throws IOException {
    if (from == to) {
      fill();
    }
    first = arrived;
    int end = head.end(from, to);
    while (end < 0) {
      fill();
      end = head.end(from, to);
    }
    head.parse(from, end);
    from = end;
  }

  private void receiveChunks() throws IOException {
    for (long size = chunk(); size > 0; size = chunk()) {
      take(size);
      line();
    }
    while (line() > 0) {} // trailer fields
  }

  private long chunk() throws IOException {
    int start = line();
    long size = 0;
    for (int at = from - 2 - start; Character.digit(bytes[at], 16) >= 0; at++) {
      size = 16 * size + Character.digit(bytes[at], 16);
    }
    return size;
  }

  /** Passes one line; how long it was. It stands before {@code from}. */
  private int line() throws IOException {
    int at = from;
    while (true) {
      for (; at < to; at++) {
        if (bytes[at] == '\n') {
          int line = at - 1 - from;
          from = at + 1;
          return line;
        }
      }
      int seen = at - from;
      fill();
      at = from + seen;
    }
  }

  private void take(long size) throws IOException {
    for (long left = size; left > 0; ) {
      if (from == to) {
        fill();
      }
      int taken = (int) Math.min(left, to - from);
      for (Counter counter : counters) {
        counter.take(bytes, from, from + taken);
      }
      from += taken;
      left -= taken;
    }
    length += size;
  }

  private void fill() throws IOException {
    if (from == to) {
      from = 0;
      to = 0;
    } else if (to == SIZE) {
      System.arraycopy(bytes, from, bytes, 0, to - from);
      to -= from;
      from = 0;
    }
    int read = channel.read(in.clear().limit(SIZE - to));
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    arrived = System.nanoTime();
    in.flip().get(bytes, to, read);
    to += read;
  }

  /** How often the last answer had that one of the texts. */
  public long counted(int index) {
    return counters.get(index).count();
  }

  /** How much content the last answer had. */
  public long length() {
    return length;
  }

  /** What the header of the last answer said. */
  public Head head() {
    return head;
  }

  /** From the request to the end of the last answer, in milliseconds. */
  public double whole() {
    return (arrived - begun) / 1e6;
  }

  /** From the request to the first byte of the final response, in milliseconds. */
  public double first() {
    return (first - begun) / 1e6;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
