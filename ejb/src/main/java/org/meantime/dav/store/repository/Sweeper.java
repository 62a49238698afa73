package org.meantime.dav.store.repository;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.meantime.dav.store.repository.ResourceTable.Page;
import org.meantime.dav.store.repository.ResourceTable.Remains;

/**
 * Reclaims the room of what was deleted, on a thread of its own that needs nobody's identity, in
 * transactions short enough for others to write in between, and seldom enough for them to have most
 * of the machine.
 */
final class Sweeper {
  private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
  private static final int CHUNK = 200;

  /** How many times as long as a step took others have for themselves before the next. */
  private static final int REST = 3;

  private static final int PERIOD_SECONDS = 10;
  private static final long CLOSE_MILLIS = 10_000;

  /** The longest a copy waits between two of its steps. */
  private static final long MOST_WAIT_NANOS = Duration.ofMillis(500).toNanos();

  /** From then on it does not rest, and copies wait for it. */
  private static final long BEHIND_NANOS = Duration.ofSeconds(3).toNanos();

  private final Repository repository;
  private final Duration grace;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "meantime-sweeper");
  private final long started;
  private final AtomicLong slowed = new AtomicLong();
  private volatile boolean stopped;
  private volatile long busySince; // nanoseconds; 0 while idle
  private volatile Optional<String> trouble = Optional.empty();

  /** Leaves content be for {@code grace} after it lost its last reference. */
  Sweeper(Repository repository, Duration grace) {
    this.repository = repository;
    this.grace = grace;
    started = repository.now();
  }

  /** Discards at once what uploads and copies cut off by a crash left, and begins. */
  void start() {
    deleteIncoming();
    repository
        .database()
        .write(
            session -> {
              new ResourceTable(session).discardStaged();
              return null;
            });
    repository.database().whenClosing(this::stop);
    repository.database().home().reserve().whenFull(this::wake); // to make room in the log
    thread.setDaemon(true);
    thread.setContextClassLoader(Sweeper.class.getClassLoader());
    thread.start();
  }

  private void deleteIncoming() {
    Home home = repository.database().home();
    home.disk()
        .step(
            () -> {
              try (Stream<Path> files = Files.list(home.incoming())) {
                for (Path file : (Iterable<Path>) files::iterator) {
                  deleteIncoming(file);
                }
              }
            });
  }

  /** What nobody here made is left alone. */
  private void deleteIncoming(Path file) throws IOException {
    String name = file.getFileName().toString();
    if (Files.isRegularFile(file) && Blobs.isHash(name)) {
      repository.blobs().sweep(name); // the upload that placed it was cut off by a crash
    } else if (Files.isRegularFile(file) && name.startsWith(Receiver.PREFIX)) {
      Files.delete(file);
    } else {
      LOG.log(Level.WARNING, "{0} is nothing of the store''s, and is left alone", file);
    }
  }

  /** Has the next round begin now. */
  void wake() {
    woken.release();
  }

  private void stop() {
    stopped = true;
    wake();
    try {
      thread.join(CLOSE_MILLIS); // it may wait behind a step that is stuck
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!stopped) {
      attempt(this::sweep);
      try {
        woken.tryAcquire(PERIOD_SECONDS, TimeUnit.SECONDS);
        woken.drainPermits();
      } catch (InterruptedException e) { // nobody of ours does that
        LOG.log(Level.WARNING, "the sweeper was interrupted, and goes on");
      }
    }
  }

  /** Nothing ends the thread: whatever it dies of would never be swept again. */
  private void attempt(Runnable work) {
    try {
      work.run();
      trouble = Optional.empty();
    } catch (RuntimeException | Error e) {
      if (!stopped) {
        tell(e);
      }
    }
  }

  private void tell(Throwable e) {
    try {
      if (trouble.isEmpty()) {
        LOG.log(Level.ERROR, "room cannot be reclaimed now; it is tried again", e);
      }
      trouble = Optional.of(String.valueOf(e));
    } catch (RuntimeException | Error none) { // the log, or no memory to say it
      trouble = Optional.of(e.getClass().getName());
    }
  }

  /** Why it cannot go on; for who looks after the server. */
  Optional<String> trouble() {
    return trouble;
  }

  /** For how many seconds it has had more to do than it got done; others are slowed from 3 on. */
  long busySeconds() {
    long since = busySince;
    return since == 0 ? 0 : TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
  }

  private boolean isBehind() {
    long since = busySince;
    return since != 0 && System.nanoTime() - since > BEHIND_NANOS;
  }

  /**
   * Has who makes rows that may one day be swept wait while what is there is not swept: the longer
   * the sweeper has been behind, the longer. Without it the trash grows for as long as trees are
   * copied and deleted.
   *
   * @param took nanoseconds
   */
  void keepUp(long took) {
    if (isBehind()) {
      slowed.incrementAndGet();
      LockSupport.parkNanos(Math.min(took * Math.max(REST, busySeconds()), MOST_WAIT_NANOS));
    }
  }

  /** How often somebody was slowed. */
  long slowed() {
    return slowed.get();
  }

  /** Empties the trash and deletes content nobody refers to; one caller at a time. */
  synchronized void sweep() {
    repository.database().home().presence().require(); // or another folder is there now
    repository.database().tidyLog(); // or a disk that it filled would stay full
    repository.database().home().reserve().restore();
    busySince = System.nanoTime() | 1;
    try {
      boolean more = repository.database().read(this::hasWork); // most often there is none
      while (more && !stopped) {
        // by turns: notes must not wait for a trash that is never empty
        more = step(() -> repository.database().change(this::purgeChunk)); // no path leads there
        more |= step(this::sweepContent);
      }
    } finally {
      busySince = 0;
    }
  }

  private boolean hasWork(Session session) {
    return new ResourceTable(session).hasMembers(ResourceTable.TRASH)
        || !new ContentTable(session)
            .orphans(repository.orphanHorizon(), lostBefore(), 1)
            .isEmpty();
  }

  /** Who read before the start is gone, and who reads now has the grace. */
  private long lostBefore() {
    return Math.max(repository.now() - grace.toMillis(), started - 1);
  }

  /** Takes a step, and rests where there is time to. */
  private boolean step(BooleanSupplier step) {
    long begun = System.nanoTime();
    boolean more = step.getAsBoolean();
    if (more && !isBehind()) {
      LockSupport.parkNanos((System.nanoTime() - begun) * REST);
    }
    return more;
  }

  /** Deletes some of what is in the trash; tells whether there was anything to do. */
  private boolean purgeChunk(Session session) {
    List<Remains> trees = new ResourceTable(session).remains(ResourceTable.TRASH, CHUNK).rows();
    int left = CHUNK;
    for (Remains tree : trees) {
      left -= purge(session, tree, left);
      if (left <= 0) {
        break;
      }
    }
    return !trees.isEmpty();
  }

  /**
   * Deletes up to {@code most} members of a tree, then itself where these were all; tells how many
   * rows that were, or that it was enough for once.
   */
  private int purge(Session session, Remains tree, int most) {
    ResourceTable resources = new ResourceTable(session);
    Page<Remains> members = resources.remains(tree.id(), most);
    for (Remains member : members.rows()) {
      if (member.isCollection()) {
        resources.discard(member.id());
      } else {
        delete(session, member);
      }
    }
    if (!members.last()) {
      return most;
    }
    delete(session, tree);
    return members.rows().size() + 1;
  }

  private void delete(Session session, Remains remains) {
    new ResourceTable(session).delete(remains.id());
    // most of what a copy shared is still shared with another: its note would be for nothing
    if (!remains.isCollection() && !new ContentTable(session).isReferred(remains.content())) {
      repository.orphan(session, remains.content());
    }
  }

  /** Deletes some content; tells whether there may be more to delete. */
  private boolean sweepContent() {
    long orphaned = lostBefore();
    Swept swept =
        repository.database().write(session -> sweepRows(new ContentTable(session), orphaned));
    swept.files().forEach(repository.blobs()::sweep);
    return swept.orphans() == CHUNK;
  }

  private Swept sweepRows(ContentTable contents, long orphaned) {
    // Looked up inside the transaction: a copy that begins after this line looks at its source
    // after the last commit before it, and what is swept here had no reference left then.
    long horizon = repository.orphanHorizon();
    List<ContentTable.Orphan> orphans = contents.orphans(horizon, orphaned, CHUNK);
    List<String> files = orphans.stream().map(contents::sweep).flatMap(Optional::stream).toList();
    files.forEach(repository.blobs()::note); // a crash may come between the commit and the deletion
    return new Swept(orphans.size(), files);
  }

  private record Swept(int orphans, List<String> files) {}
}
