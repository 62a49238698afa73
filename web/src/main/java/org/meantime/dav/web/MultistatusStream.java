package org.meantime.dav.web;

import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.meantime.dav.xml.MultistatusWriter;
import org.meantime.dav.xml.Response;

/**
 * A multistatus on its way to the client: the first member goes out at once, as a sign of life;
 * later ones gather in a buffer, but no longer than a second while members come. Its thread and the
 * heartbeat's may write, one after the other; the heartbeat does not wait for a thread that is
 * writing, which may take as long as the client likes.
 */
final class MultistatusStream {
  private static final long FLUSH_AFTER = Duration.ofSeconds(1).toNanos();

  private final MultistatusWriter writer;
  private final LongSupplier nanoTime;
  private final ReentrantLock writing = new ReentrantLock();
  private boolean first = true; // guarded by writing, as the next
  private long flushed;

  MultistatusStream(OutputStream out, LongSupplier nanoTime) {
    this.writer = new MultistatusWriter(out);
    this.nanoTime = nanoTime;
  }

  void write(Response member) {
    writing.lock();
    try {
      writer.write(member);
      if (first || nanoTime.getAsLong() - flushed >= FLUSH_AFTER) {
        first = false;
        writer.flush();
        flushed = nanoTime.getAsLong();
      }
    } finally {
      writing.unlock();
    }
  }

  void keepAlive() {
    if (writing.tryLock()) {
      try {
        writer.keepAlive();
        flushed = nanoTime.getAsLong();
      } finally {
        writing.unlock();
      }
    }
  }

  void end() {
    writing.lock();
    try {
      writer.end();
    } finally {
      writing.unlock();
    }
  }
}
