package org.meantime.dav.operation;

import java.util.Collection;
import java.util.Comparator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/**
 * The signs of life from one tick to the next, each at its time. Several threads run it: each takes
 * the next that none has taken and waits until it is due, so that one that is stuck in the
 * connection of a client that does not read holds up none of the others.
 */
final class Round implements Runnable {
  private final Queue<Beat> beats;

  /**
   * One sign of life.
   *
   * @param at when it is due, in nanoseconds
   */
  record Beat(Wire wire, long at) {
    void send() throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
      wire.beat();
    }
  }

  Round(Collection<Beat> beats) {
    long now = System.nanoTime();
    Comparator<Beat> first = Comparator.comparingLong(beat -> beat.at() - now);
    this.beats = new ConcurrentLinkedQueue<>(beats.stream().sorted(first).toList());
  }

  @Override
  public void run() {
    try {
      for (Beat next = beats.poll(); next != null; next = beats.poll()) {
        next.send();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server stops
    }
  }
}
