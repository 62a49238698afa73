package org.meantime.dav.operation;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Sees whether one operation exceeds its bounds. Used by one thread at a time, the tick's. */
final class Watch {
  /** How often one that exceeds its bounds was looked at before it did. */
  private static final int LOOKS = 64;

  private static final Duration LONG = Duration.ofMinutes(5);

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

  /** For how many nanoseconds it need not be looked at: so late it may be found to exceed them. */
  long quiet() {
    Duration shorter = Collections.min(List.of(bounds.stalled(), bounds.timeout(), LONG));
    return shorter.toNanos() / LOOKS;
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
