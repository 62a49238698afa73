package org.meantime.dav.operation;

import java.time.Duration;
import java.util.function.IntSupplier;

/**
 * How often an operation says that it is still at work.
 *
 * @param first how long work goes on before the first 102
 * @param interval the time from one 102 to the next
 * @param limit how many 102s there may be at most; asked when one is due, which of few requests it
 *     ever is
 */
record Pace(Duration first, Duration interval, IntSupplier limit) {
  /** Nobody gets more: neon up to 0.32, which many clients build on, gives up at 128. */
  static final int MOST = 100;

  /** Below what the tightest real time-outs that a 102 resets leave (HAProxy's is 50 seconds). */
  private static final Duration WIDEST = Duration.ofSeconds(45);

  /**
   * The time to the next, when that many were sent. Where there are only a few for a client, the
   * gaps grow, so that the few last longer.
   */
  Duration gap(int sent) {
    int most = limit.getAsInt();
    Duration room = WIDEST.minus(interval);
    if (most >= MOST || most < 2 || room.isNegative()) {
      return interval;
    }
    return interval.plus(room.multipliedBy(sent).dividedBy(most - 1L));
  }
}
