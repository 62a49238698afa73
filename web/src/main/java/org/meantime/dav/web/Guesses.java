package org.meantime.dav.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * Wrong passwords: each is recorded, and each from the same address makes the next ones from there
 * wait longer before they are looked at. Credentials that were right before never wait, so nobody
 * who works here notices, not even at the address the guesses come from. Any thread.
 */
@ApplicationScoped
public class Guesses {
  private static final System.Logger LOG = System.getLogger(Guesses.class.getName());

  /** People mistype. */
  private static final int FREE = 3;

  private static final long FIRST_NANOS = Duration.ofMillis(250).toNanos();
  private static final long FORGOTTEN_NANOS = Duration.ofMinutes(15).toNanos();
  private static final long RECORD_NANOS = Duration.ofMinutes(1).toNanos();

  /** So many of the longest delay may wait at one address; who comes then is told to come later. */
  private static final int QUEUE = 4;

  private static final int MAX_ADDRESSES = 10_000;
  private static final int MAX_RIGHT = 10_000;
  private static final int MAX_RECORDS = 16;

  private final Set<Credentials.Digest> right = ConcurrentHashMap.newKeySet();
  private final Map<String, Address> addresses =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by this
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Address> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };
  private volatile boolean quiet = true; // no address is remembered: what every request finds
  private Settings settings;
  private LongSupplier nanoClock = System::nanoTime;

  /** For the container's proxy. */
  Guesses() {}

  @Inject
  Guesses(Settings settings) {
    this.settings = settings;
  }

  /** For tests. */
  Guesses(Settings settings, LongSupplier nanoClock) {
    this.settings = settings;
    this.nanoClock = nanoClock;
  }

  /**
   * How long these wait before they are looked at. A 429 where too many from there wait already.
   */
  Duration delay(Credentials credentials) {
    if (quiet || right.contains(credentials.digest())) {
      return Duration.ZERO;
    }
    synchronized (this) {
      Address address = addresses.get(credentials.network());
      return address == null ? Duration.ZERO : Duration.ofNanos(address.queue(longest()));
    }
  }

  /** They were right. */
  void right(Credentials credentials) {
    if (right.size() > MAX_RIGHT) {
      right.clear();
    }
    right.add(credentials.digest());
  }

  /** They were wrong. */
  void wrong(Credentials credentials) {
    right.remove(credentials.digest());
    synchronized (this) {
      long now = nanoClock.getAsLong();
      addresses.values().removeIf(it -> now - it.last > FORGOTTEN_NANOS);
      quiet = false;
      addresses.computeIfAbsent(credentials.network(), it -> new Address()).count(credentials);
    }
  }

  private long longest() {
    return settings.duration(Setting.LOGIN_DELAY).toNanos();
  }

  /** What came from one address. Guarded by the monitor of the table. */
  private final class Address {
    private final Set<String> recorded = new HashSet<>();
    private int wrong;
    private long last = nanoClock.getAsLong();
    private long next = last; // when the next unknown credentials are looked at
    private long recording = last; // since when the records are of this minute

    /** Those that wait do so one after the other: many connections guess no faster than one. */
    long queue(long longest) {
      long now = nanoClock.getAsLong();
      if (longest == 0 || now - last > FORGOTTEN_NANOS) {
        return 0;
      }
      long wait = Math.max(0, next - now);
      if (wait > QUEUE * longest) {
        throw new DavException(
            Status.TOO_MANY_REQUESTS, "too many wrong passwords come from this address");
      }
      next = now + wait + delay(longest);
      return wait;
    }

    private long delay(long longest) {
      int doublings = wrong - FREE;
      return doublings < 0 ? 0 : Math.min(longest, FIRST_NANOS << Math.min(doublings, 20));
    }

    void count(Credentials credentials) {
      last = nanoClock.getAsLong();
      wrong++;
      next = Math.max(next, last + delay(longest()));
      if (last - recording > RECORD_NANOS) {
        recorded.clear();
        recording = last;
      }
      String user = credentials.shownUser();
      if (recorded.size() < MAX_RECORDS && recorded.add(user)) {
        LOG.log(
            Level.WARNING,
            "wrong password: user \"{0}\", address {1}, {2} from there so far",
            user,
            credentials.shownAddress(),
            String.valueOf(wrong));
      }
    }
  }
}
