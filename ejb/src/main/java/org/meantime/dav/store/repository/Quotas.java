package org.meantime.dav.store.repository;

import java.time.Duration;
import org.meantime.dav.store.QuotaReporting.Quota;

/** How much room there is, looked up anew when the last answer is some seconds old. */
final class Quotas {
  private static final long FRESH_NANOS = Duration.ofSeconds(5).toNanos();

  private final Database database;
  private long lookedUp;
  private Quota last;

  Quotas(Database database) {
    this.database = database;
  }

  /** The bytes all content takes, equal content counted once, and the bytes the disk has left. */
  synchronized Quota current() {
    long now = System.nanoTime();
    if (last == null || now - lookedUp > FRESH_NANOS) {
      long used = database.read(session -> new ContentTable(session).used());
      last = new Quota(used, database.home().usableSpace());
      lookedUp = now;
    }
    return last;
  }
}
