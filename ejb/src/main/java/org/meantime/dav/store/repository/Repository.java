package org.meantime.dav.store.repository;

import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;

/**
 * What the parts of the built-in store share: the database, the blobs, the ids, the clock, and
 * which copies are under way.
 */
final class Repository {
  private static final System.Logger LOG = System.getLogger(Repository.class.getName());

  private final Database database;
  private final Blobs blobs;
  private final Ids ids;
  private final Clock clock;
  private final Map<Object, Long> copies = new ConcurrentHashMap<>();
  private final ContentChecks checks = new ContentChecks();
  private final AtomicLong refused = new AtomicLong();

  Repository(Database database, Clock clock) {
    this.database = database;
    this.blobs = new Blobs(database.home(), this::isKnown, checks);
    this.ids = database.read(Ids::new);
    this.clock = clock;
    database.whenClosing(checks::close);
  }

  private boolean isKnown(String sha256) {
    return database.read(session -> new ContentTable(session).find(sha256) != 0);
  }

  /** The resource at that path, as the transaction at hand has it, or as committed. */
  Optional<Row> find(ResourcePath path) {
    return database.recall(new ResourceTable.At(path));
  }

  /** As {@link org.meantime.dav.store.Store#spelling}. */
  ResourcePath spelling(ResourcePath path) {
    return path.isAscii() || find(path).isPresent()
        ? path
        : database.read(session -> new ResourceTable(session).spelling(path));
  }

  /** Notes that this is the resource at that path now. */
  void changed(ResourcePath path, Optional<Row> row) {
    database.changed(new ResourceTable.At(path), row);
  }

  Database database() {
    return database;
  }

  Blobs blobs() {
    return blobs;
  }

  ContentChecks checks() {
    return checks;
  }

  /** How often content was refused because it is damaged. */
  long refused() {
    return refused.get();
  }

  /**
   * What becomes of a request for content that is not what was stored; logged and counted here.
   *
   * @param what what is known of the damage
   */
  DavException damaged(ResourcePath path, String sha256, String what) {
    if (!database.home().disk().isThere()) {
      return Disk.away();
    }
    refused.incrementAndGet();
    LOG.log(
        Level.ERROR,
        "the content of {0} is damaged: {1}; SHA-256 {2}. It is refused until it is put again or"
            + " its file is restored",
        path,
        what,
        sha256);
    return new DavException(
        Status.INTERNAL_SERVER_ERROR, "the stored content of the document is damaged");
  }

  Ids ids() {
    return ids;
  }

  /** Milliseconds since 1970. */
  long now() {
    return clock.millis();
  }

  /** Notes that content lost a reference; called in the transaction in which it does. */
  void orphan(Session session, long content) {
    new ContentTable(session).orphan(ids.nextOrphan(), content, now());
  }

  /**
   * Keeps content whose last reference goes from now on from being swept, until {@link #endCopy}.
   * Called before the copy looks at its source.
   */
  void beginCopy(Object copy) {
    // As committed: a number handed out to a transaction that has not ended may be one too late.
    copies.put(copy, database.read(session -> new ContentTable(session).lastOrphan()));
  }

  void endCopy(Object copy) {
    copies.remove(copy);
  }

  /** Orphans with this id or a higher one may be wanted by a copy under way. */
  long orphanHorizon() {
    return copies.values().stream().mapToLong(last -> last + 1).min().orElse(Long.MAX_VALUE);
  }
}
