package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.meantime.dav.Status;
import org.meantime.dav.xml.Response;

class MultistatusStreamTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE); // nanoTime may overflow
  private int flushes;

  private final MultistatusStream stream =
      new MultistatusStream(
          new ByteArrayOutputStream() {
            @Override
            public void flush() {
              flushes++;
            }
          },
          now::get);

  private int flushesAfter(Duration pause) {
    now.addAndGet(pause.toNanos());
    stream.write(Response.of("/dav/a", Status.LOCKED));
    return flushes;
  }

  @Test
  void members_waitForASecondAtMost() {
    assertEquals(1, flushesAfter(Duration.ZERO), "the first goes out at once");
    assertEquals(1, flushesAfter(Duration.ofMillis(400)));
    assertEquals(1, flushesAfter(Duration.ofMillis(400)));
    assertEquals(2, flushesAfter(Duration.ofMillis(400)), "a second since the last flush");
    assertEquals(2, flushesAfter(Duration.ofMillis(999)));
    stream.keepAlive();
    assertEquals(3, flushes);
    assertEquals(3, flushesAfter(Duration.ofMillis(999)), "keeping alive flushed them too");
  }

  @Test
  void whileAMemberIsBeingWritten_keepingAliveDoesNotWait() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch read = new CountDownLatch(1);
    MultistatusStream slow = new MultistatusStream(new Unread(writing, read), now::get);
    Thread work = new Thread(() -> slow.write(Response.of("/dav/a", Status.LOCKED)));
    work.start();
    writing.await();
    slow.keepAlive(); // would stand here for ever
    read.countDown();
    work.join();
  }

  /** A client that does not read for a while. */
  private static final class Unread extends OutputStream {
    private final CountDownLatch writing;
    private final CountDownLatch read;

    Unread(CountDownLatch writing, CountDownLatch read) {
      this.writing = writing;
      this.read = read;
    }

    @Override
    public void write(int b) {
      writing.countDown();
      try {
        read.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
