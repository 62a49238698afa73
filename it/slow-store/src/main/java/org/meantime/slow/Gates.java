package org.meantime.slow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.meantime.dav.ResourcePath;

/**
 * The points that work passes, by name. A test may make a point slow, close it, wait until somebody
 * stands there, and open it again. All points are open at first. Threads: any.
 */
final class Gates {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Map<String, Gate> gates = new HashMap<>();

  private static final class Gate {
    private Duration delay = Duration.ZERO;
    private volatile CountDownLatch shut = new CountDownLatch(0);
    private Optional<Failure> failure = Optional.empty();
    private int waiting;
    private long passed;
  }

  /** Passes a point, and then the point of that resource there, which is a gate of its own. */
  void pass(String point, ResourcePath path) {
    pass(point);
    pass(point + path);
  }

  /** Passes a point, as late as it lets one, if it does not fail there. */
  void pass(String point) {
    Duration delay;
    synchronized (this) {
      delay = gate(point).delay;
    }
    try {
      if (!delay.isZero()) {
        Thread.sleep(delay.toMillis());
      }
      stand(point).ifPresent(Failure::happen);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Not on the monitor, where each of ten thousand that arrive would wake those that stand. */
  private Optional<Failure> stand(String point) throws InterruptedException {
    Gate gate = arrive(point);
    gate.shut.await();
    return leave(gate);
  }

  private synchronized Gate arrive(String point) {
    Gate gate = gate(point);
    gate.waiting++;
    notifyAll();
    return gate;
  }

  private synchronized Optional<Failure> leave(Gate gate) {
    gate.waiting--;
    gate.passed++;
    notifyAll();
    return gate.failure;
  }

  synchronized void delay(String point, Duration delay) {
    gate(point).delay = delay;
  }

  synchronized void fail(String point, Failure failure) {
    gate(point).failure = Optional.of(failure);
  }

  synchronized void close(String point) {
    Gate gate = gate(point);
    if (gate.shut.getCount() == 0) {
      gate.shut = new CountDownLatch(1);
    }
  }

  synchronized void open(String point) {
    gate(point).shut.countDown();
  }

  /** Opens all points and forgets all delays and counts. */
  synchronized void reset() {
    gates.values().forEach(gate -> gate.shut.countDown());
    gates.clear();
  }

  /** Waits until so many stand at the point; false if they do not come. */
  synchronized boolean awaitWaiting(String point, int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (gate(point).waiting < count && System.nanoTime() < end) {
      wait(1000);
    }
    return gate(point).waiting >= count;
  }

  /** Waits until so many have passed the point; false if they do not. */
  synchronized boolean awaitPassed(String point, long count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (gate(point).passed < count && System.nanoTime() < end) {
      wait(1000);
    }
    return gate(point).passed >= count;
  }

  synchronized long passed(String point) {
    return gate(point).passed;
  }

  private Gate gate(String point) {
    return gates.computeIfAbsent(point, p -> new Gate());
  }
}
