package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecondThreadTest {
  private static final long JOIN_MILLIS = TimeUnit.SECONDS.toMillis(10);

  @Test
  void tasks_areDoneOneAfterTheOther() throws IOException {
    List<Integer> done = new ArrayList<>(); // not safe for threads, and need not be
    try (SecondThread second = new SecondThread("test")) {
      for (int i = 0; i < 1_000; i++) {
        int task = i;
        second.begin(() -> done.add(task));
      }
      second.await();
    }
    assertEquals(1_000, done.size());
    assertEquals(999, done.get(999));
  }

  @Test
  void failure_isThrownByWhatIsCalledNext() throws IOException {
    IOException full = new IOException("no space left on device");
    try (SecondThread second = new SecondThread("test")) {
      second.begin(
          () -> {
            throw full;
          });
      assertSame(full, assertThrows(IOException.class, () -> second.begin(() -> null)));
      assertSame(full, assertThrows(IOException.class, second::await));
    }
  }

  @Test
  void uncheckedFailure_isThrownAsItIs() throws IOException {
    UncheckedIOException gone = new UncheckedIOException(new IOException("broken pipe"));
    try (SecondThread second = new SecondThread("test")) {
      second.begin(
          () -> {
            throw gone;
          });
      assertSame(gone, assertThrows(UncheckedIOException.class, second::await));
    }
  }

  @Test
  void closing_waitsForTheTask() throws IOException {
    AtomicBoolean done = new AtomicBoolean();
    try (SecondThread second = new SecondThread("test")) {
      second.begin(
          () -> {
            Thread.sleep(100);
            done.set(true);
            return null;
          });
      Thread.currentThread().interrupt();
    }
    assertTrue(Thread.interrupted());
    assertTrue(done.get());
  }

  @Test
  void interruptedWait_ends() throws IOException {
    CountDownLatch never = new CountDownLatch(1);
    try (SecondThread second = new SecondThread("test")) {
      second.begin(
          () -> {
            never.await();
            return null;
          });
      assertFalse(second.isIdle());
      Thread.currentThread().interrupt();
      assertThrows(InterruptedIOException.class, second::await);
      assertTrue(Thread.interrupted());
      never.countDown();
    }
  }

  @Test
  void closed_leavesNoThread() throws Exception {
    AtomicReference<Thread> thread = new AtomicReference<>();
    try (SecondThread second = new SecondThread("test")) {
      second.begin(
          () -> {
            thread.set(Thread.currentThread());
            return null;
          });
      second.await();
    }
    thread.get().join(JOIN_MILLIS);
    assertFalse(thread.get().isAlive());
  }
}
