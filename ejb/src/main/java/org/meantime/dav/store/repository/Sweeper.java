package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.meantime.dav.DavException;
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

  private static final int PERIOD_SECONDS = 60;

  private final Repository repository;
  private final Duration grace;
  private final Semaphore woken = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "meantime-sweeper");
  private volatile boolean stopped;

  /** Leaves content be for {@code grace} after it lost its last reference. */
  Sweeper(Repository repository, Duration grace) {
    this.repository = repository;
    this.grace = grace;
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
    thread.setDaemon(true);
    thread.setContextClassLoader(Sweeper.class.getClassLoader());
    thread.start();
  }

  private void deleteIncoming() {
    try (Stream<Path> files = Files.list(repository.database().home().incoming())) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    attempt(this::sweepFiles);
    while (!stopped) {
      attempt(this::sweep);
      try {
        woken.tryAcquire(PERIOD_SECONDS, TimeUnit.SECONDS);
        woken.drainPermits();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void attempt(Runnable work) {
    try {
      work.run();
    } catch (DavException | IllegalStateException | UncheckedIOException e) {
      if (!stopped) {
        LOG.log(Level.WARNING, "room could not be reclaimed now; it will be tried again", e);
      }
    }
  }

  /** Empties the trash, then deletes content nobody refers to; one caller at a time. */
  synchronized void sweep() {
    repeat(() -> repository.database().change(this::purgeChunk)); // no path leads there any more
    repeat(this::sweepContent);
  }

  /** Takes the step as long as there is more to do, and rests in between. */
  private void repeat(BooleanSupplier step) {
    long begun = System.nanoTime();
    while (!stopped && step.getAsBoolean()) {
      LockSupport.parkNanos((System.nanoTime() - begun) * REST);
      begun = System.nanoTime();
    }
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
    if (!remains.isCollection()) {
      repository.orphan(session, remains.content());
    }
  }

  /** Deletes some content; tells whether there may be more to delete. */
  private boolean sweepContent() {
    long orphaned = repository.now() - grace.toMillis();
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
    return new Swept(orphans.size(), files);
  }

  private record Swept(int orphans, List<String> files) {}

  /** Deletes files no row knows: those whose upload a crash cut off before its commit. */
  void sweepFiles() {
    try (Stream<String> files = repository.blobs().all()) {
      for (Iterator<String> hashes = files.iterator(); hashes.hasNext() && !stopped; ) {
        repository.blobs().sweep(hashes.next());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
