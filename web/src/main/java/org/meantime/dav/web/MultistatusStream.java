package org.meantime.dav.web;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.SecondThread;
import org.meantime.dav.Status;
import org.meantime.dav.xml.MultistatusWriter;
import org.meantime.dav.xml.Response;

/**
 * A multistatus on its way to the client: the first member goes out at once, as a sign of life;
 * later ones gather, but no longer than a second while members come. Many are written beside the
 * work that finds them. The work's thread, the second one and the heartbeat's may write, one after
 * the other and in order; the heartbeat does not wait for a thread that is writing, which may take
 * as long as the client likes.
 */
final class MultistatusStream implements AutoCloseable {
  private static final long FLUSH_AFTER = Duration.ofSeconds(1).toNanos();

  /** As many as are worth another thread's while; twice as many are in memory at most. */
  private static final int MANY = 256;

  /** As many characters as make fewer members worth it; the same is true of them. */
  private static final int MANY_CHARACTERS = 256 * 1024;

  private final MultistatusWriter writer;
  private final LongSupplier nanoTime;
  private final SecondThread second = new SecondThread("meantime-multistatus");
  private final ReentrantLock writing = new ReentrantLock();
  private List<Response> gathered = new ArrayList<>(); // guarded by this
  private int since; // members since many were gathered; guarded by this
  private long characters; // of these; guarded by this
  private boolean first = true; // of the work's thread
  private volatile long flushed; // written by whoever is writing

  MultistatusStream(OutputStream out, LongSupplier nanoTime) {
    this.writer = new MultistatusWriter(out);
    this.nanoTime = nanoTime;
  }

  void write(Response member) {
    boolean many = gather(member);
    try {
      if (first || nanoTime.getAsLong() - flushed >= FLUSH_AFTER) {
        first = false;
        second.await();
        writeGathered(this::flush);
      } else if (many) {
        second.begin(() -> writeGathered(() -> {}));
      }
    } catch (IOException e) { // interrupted
      throw new DavException(Status.SERVICE_UNAVAILABLE, "the server stops");
    }
  }

  /** Keeps it to be written with others; true each time they are as many more. */
  private synchronized boolean gather(Response member) {
    gathered.add(member);
    since++;
    characters += member.size();
    boolean many = since == MANY || characters >= MANY_CHARACTERS;
    if (many) {
      since = 0;
      characters = 0;
    }
    return many;
  }

  private synchronized List<Response> takeGathered() {
    List<Response> taken = gathered;
    gathered = new ArrayList<>(MANY);
    return taken;
  }

  private Void writeGathered(Runnable then) {
    writing.lock();
    try {
      takeGathered().forEach(writer::write);
      then.run();
    } finally {
      writing.unlock();
    }
    return null;
  }

  private void flush() {
    writer.flush();
    flushed = nanoTime.getAsLong();
  }

  void keepAlive() {
    if (writing.tryLock()) {
      try {
        writeGathered(writer::keepAlive);
        flushed = nanoTime.getAsLong();
      } finally {
        writing.unlock();
      }
    }
  }

  void end() {
    try (this) {
      second.await();
      writeGathered(writer::end);
    } catch (IOException e) {
      throw ClientStream.gone(e);
    }
  }

  /** Whoever writes has ended then. */
  @Override
  public void close() {
    second.close();
  }
}
