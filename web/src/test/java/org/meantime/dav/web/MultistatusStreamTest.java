package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
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

  @Test
  void many_areAllWrittenInOrder() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    MultistatusStream many = new MultistatusStream(out, now::get);
    List<String> paths = IntStream.range(0, 2_000).mapToObj(i -> "/dav/" + i).toList();
    paths.forEach(path -> many.write(Response.of(path, Status.LOCKED)));
    many.end();
    String document = out.toString(StandardCharsets.UTF_8);
    List<String> written =
        Pattern.compile("href>(/dav/[0-9]+)<")
            .matcher(document)
            .results()
            .map(it -> it.group(1))
            .toList();
    assertEquals(paths, written);
  }

  @Test
  void clientThatLeft_isNoticedSoon() {
    AtomicInteger written = new AtomicInteger();
    OutputStream leaving =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void write(byte[] bytes, int offset, int count) throws IOException {
            if (written.addAndGet(count) > 20_000) {
              throw new IOException("broken pipe");
            }
          }
        };
    try (MultistatusStream many = new MultistatusStream(leaving, now::get)) {
      Response member = Response.of("/dav/a", Status.LOCKED);
      assertThrows(
          UncheckedIOException.class,
          () -> {
            for (int i = 0; i < 3_000; i++) {
              many.write(member);
            }
          });
    }
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
