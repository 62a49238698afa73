package org.meantime.dav.web.interim;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * For how long the content of a client is still taken in that has its answer and goes on sending:
 * clients, and more so proxies, lose an answer where the connection is closed at once (RFC 9112
 * §9.6). No thread waits meanwhile: an adapter is called when something came, and asks when to give
 * up. For one thread at a time.
 */
public final class Linger {
  /** Those that linger at once; of clients who were not let in, apart, so that they harm nobody. */
  static final int AT_ONCE = 64;

  private static final long MOST = 16L << 20; // bytes
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();
  private static final long SILENCE = Duration.ofSeconds(2).toNanos();

  private static final Semaphore ADMITTED = new Semaphore(AT_ONCE);
  private static final Semaphore STRANGERS = new Semaphore(AT_ONCE);

  private final Semaphore places;
  private final LongSupplier clock;
  private final long begun;
  private long heard;
  private long taken;
  private boolean over;

  Linger(Semaphore places, LongSupplier clock) {
    this.places = places;
    this.clock = clock;
    begun = clock.getAsLong();
    heard = begun;
    over = !places.tryAcquire();
  }

  /**
   * Begins to linger; over at once where too many do.
   *
   * @param admitted whether the client was let in: it has a user, and the user a role
   */
  public static Linger begin(boolean admitted) {
    return new Linger(admitted ? ADMITTED : STRANGERS, System::nanoTime);
  }

  /** Whether there is nothing to linger for. */
  boolean isOver() {
    return over;
  }

  /** So many bytes came; false where it is enough. */
  boolean take(long bytes) {
    heard = clock.getAsLong();
    taken += bytes;
    return patience() > 0;
  }

  /** For how many nanoseconds to wait for what comes next; 0 where it is over. */
  long patience() {
    long now = clock.getAsLong();
    long left = Math.min(SILENCE - (now - heard), LONGEST - (now - begun));
    return over || taken >= MOST ? 0 : Math.max(0, left);
  }

  /** Makes room for another. A second time it does nothing. */
  void end() {
    if (!over) {
      over = true;
      places.release();
    }
  }
}
