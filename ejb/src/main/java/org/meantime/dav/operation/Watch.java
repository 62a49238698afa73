package org.meantime.dav.operation;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Sees whether one operation exceeds its bounds. Used by one thread at a time, the tick's. */
final class Watch {
  private final Bounds bounds;
  private final LongSupplier nanoClock;
  private final long begun; // nanoseconds
  private long done;
  private long moved; // nanoseconds

  Watch(Bounds bounds, LongSupplier nanoClock) {
    this.bounds = bounds;
    this.nanoClock = nanoClock;
    begun = nanoClock.getAsLong();
    moved = begun;
  }

  /** Looks how far it is, and says why it is to be stopped. */
  Optional<String> exceeded(Tally tally) {
    long now = nanoClock.getAsLong();
    long doneNow = tally.members() + tally.bytes();
    if (doneNow != done) {
      done = doneNow;
      moved = now;
    }
    if (Duration.ofNanos(now - begun).compareTo(bounds.timeout()) >= 0) {
      return Optional.of("it took longer than " + bounds.timeout());
    }
    if (Duration.ofNanos(now - moved).compareTo(bounds.stalled()) >= 0) {
      return Optional.of("it made no progress for " + bounds.stalled());
    }
    return Optional.empty();
  }
}
