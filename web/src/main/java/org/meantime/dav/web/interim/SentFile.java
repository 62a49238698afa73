package org.meantime.dav.web.interim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A part of a file on its way to the client, read into a buffer outside the heap, from where the
 * socket takes it. On the loopback, where proxies are, sendfile(2) brought 1.5 GB/s, a mapped file
 * 3.5 to one client and less than this to four, and this 3.7 with a buffer of a little less than 64
 * KiB, which is all that Linux puts into one segment. With one of 256 KiB it was 2.3: the small
 * rest of each write becomes a segment too, and wakes the reader.
 */
final class SentFile {
  private static final int BUFFER = 60 * 1024;
  private static final BlockingQueue<ByteBuffer> FREE = new ArrayBlockingQueue<>(32);

  private final ReadableByteChannel file;
  private final ByteBuffer window;
  private long left; // to be read

  /** So many bytes from the position of the file on, which are there. */
  SentFile(ReadableByteChannel file, long count) {
    this.file = file;
    left = count;
    ByteBuffer free = FREE.poll();
    window = (free == null ? ByteBuffer.allocateDirect(BUFFER) : free).limit(0);
  }

  /** How much is still to be written. */
  long remaining() {
    return left + window.remaining();
  }

  /** What is to be written now; empty at the end. A file that cannot be read is our failure. */
  ByteBuffer window() {
    if (!window.hasRemaining() && left > 0) {
      window.clear().limit((int) Math.min(BUFFER, left));
      left -= read();
      window.flip();
    }
    return window;
  }

  private int read() {
    try {
      int got = file.read(window);
      if (got < 0) {
        throw new IllegalStateException("the content is shorter than its length");
      }
      return got;
    } catch (IOException e) {
      throw new IllegalStateException("the content cannot be read", e);
    }
  }

  /** All was written. Not to be called where a write failed: the engine may hold the buffer yet. */
  void end() {
    FREE.offer(window);
  }
}
