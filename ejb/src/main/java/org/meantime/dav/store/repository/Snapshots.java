package org.meantime.dav.store.repository;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How many look at one moment of the database for long. While anybody does, SQLite's write-ahead
 * log keeps all that is written, and as long as they overlap it never begins anew: four clients
 * that copied trees without a pause filled 66 GB in six minutes. So once the log is long, who comes
 * waits until those who look are done and the log is brought home. Usable from any thread.
 */
final class Snapshots {
  private static final long LOOK_MILLIS = 100;

  private final BooleanSupplier isLong;
  private final Runnable bringHome;
  private int open; // guarded by this

  /**
   * Nobody looks yet.
   *
   * @param isLong whether the log is
   * @param bringHome has the next transaction begin it anew, if nobody looks at the moment
   */
  Snapshots(BooleanSupplier isLong, Runnable bringHome) {
    this.isLong = isLong;
    this.bringHome = bringHome;
  }

  /**
   * One more looks; waits for as long as that must wait.
   *
   * @param meanwhile run now and then while it waits; what it throws ends that
   */
  void begin(Runnable meanwhile) {
    while (!mayBegin()) {
      meanwhile.run();
    }
  }

  private synchronized boolean mayBegin() {
    if (isLong.getAsBoolean()) {
      if (open > 0) {
        await();
        return false;
      }
      bringHome.run();
    }
    open++;
    return true;
  }

  private void await() {
    try {
      TimeUnit.MILLISECONDS.timedWait(this, LOOK_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Database.closing();
    }
  }

  /** One looks no more. */
  synchronized void end() {
    open--;
    notifyAll();
  }

  /**
   * Brings the log home if nobody looks.
   *
   * @param anyLength whether also one that is not long
   */
  synchronized void tidy(boolean anyLength) {
    if (open == 0 && (anyLength || isLong.getAsBoolean())) {
      bringHome.run();
    }
  }
}
