package org.meantime.dav.store.repository;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast a task of maintenance may go: it works for a share of the time only, so that others have
 * the machine. Used by one thread; any may stop it.
 */
final class Pace {
  /** Rests are not worth their price for less. */
  private static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final int PERCENT = 100;

  private final LongSupplier share;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private long begun = System.nanoTime();

  /** Works for that share of the time, in percent; asked at each rest. */
  Pace(LongSupplier share) {
    this.share = share;
  }

  /** Has {@link #rest} throw from now on. */
  void stop() {
    stopped.countDown();
  }

  /**
   * Rests for what was done since the last rest.
   *
   * @throws CancellationException if the task is to stop
   */
  void rest() {
    goOn();
    long worked = System.nanoTime() - begun;
    if (worked >= LEAST_NANOS) {
      long percent = Math.min(share.getAsLong(), PERCENT);
      await(worked * (PERCENT - percent) / percent);
      begun = System.nanoTime();
    }
  }

  /** As {@link #rest}, but for no time. */
  void goOn() {
    if (stopped.getCount() == 0) {
      throw new CancellationException();
    }
  }

  private void await(long nanos) {
    try {
      if (stopped.await(nanos, TimeUnit.NANOSECONDS)) {
        throw new CancellationException();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException();
    }
  }
}
