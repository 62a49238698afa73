package org.meantime.dav.web;

import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.meantime.dav.xml.MultistatusWriter;
import org.meantime.dav.xml.Response;

/**
 * A multistatus on its way to the client: the first member goes out at once, as a sign of life;
 * later ones gather in a buffer, but no longer than a second while members come.
 */
final class MultistatusStream {
  private static final int BUFFER = 32 * 1024;
  private static final long FLUSH_AFTER = Duration.ofSeconds(1).toNanos();

  private final MultistatusWriter writer;
  private final LongSupplier nanoTime;
  private boolean first = true;
  private long flushed;

  MultistatusStream(OutputStream out, LongSupplier nanoTime) {
    this.writer = new MultistatusWriter(new BufferedOutputStream(out, BUFFER));
    this.nanoTime = nanoTime;
  }

  void write(Response member) {
    writer.write(member);
    if (first || nanoTime.getAsLong() - flushed >= FLUSH_AFTER) {
      first = false;
      writer.flush();
      flushed = nanoTime.getAsLong();
    }
  }

  void keepAlive() {
    writer.keepAlive();
    flushed = nanoTime.getAsLong();
  }

  void end() {
    writer.end();
  }
}
