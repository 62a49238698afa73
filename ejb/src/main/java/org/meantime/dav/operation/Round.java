package org.meantime.dav.operation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The signs of life from one tick to the next, each when it is due, in order. Whoever runs it takes
 * the next that none has taken; what is left because he is stuck, in the connection of a client
 * that does not read, is due in the next round again, and that is run by more.
 */
final class Round implements Runnable {
  /**
   * Waking up costs more than a 102 does, so those due at about the same time wait together: where
   * 10,000 threads stand in the work, a quarter of a millisecond, in which the kernel (6.18) looks
   * through all that wait.
   */
  private static final long TOGETHER = TimeUnit.MILLISECONDS.toNanos(100);

  /** The executor has twice as many: who waits for a 202 does not wait for a round to end. */
  private static final int MOST = 8;

  private final Queue<Beat> beats;
  private final long late;
  private final CountDownLatch stopped;

  /**
   * One sign of life.
   *
   * @param at when it is due, in nanoseconds
   */
  record Beat(Wire wire, long at) {
    /** When those that wait together are sent. */
    long together() {
      return at + TOGETHER - Math.floorMod(at, TOGETHER);
    }
  }

  /**
   * Those that are due.
   *
   * @param stopped ends the round early
   */
  Round(Collection<Beat> due, CountDownLatch stopped) {
    this.stopped = stopped;
    long now = System.nanoTime();
    List<Beat> sorted =
        due.stream().sorted(Comparator.comparingLong(beat -> beat.at() - now)).toList();
    beats = new ConcurrentLinkedQueue<>(sorted);
    late = sorted.stream().takeWhile(beat -> now - beat.at() > 2 * TOGETHER).count();
  }

  /** How many are to run it. */
  int runners() {
    return beats.isEmpty() ? 0 : (int) Math.min(MOST, 1 + late);
  }

  @Override
  public void run() {
    try {
      for (Beat next = beats.poll(); next != null; next = beats.poll()) {
        if (stopped.await(next.together() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
          return;
        }
        next.wire().beat();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }
}
