package org.meantime.dav.store.repository;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.meantime.dav.DavException;

/**
 * The one connection that writes, and whose turn it is.
 *
 * <p>A commit waits for the disk, and meanwhile others come. So they commit in groups: whoever
 * finds the connection free leads, runs the steps of all who wait, its own among them, one after
 * the other in the order in which they came, commits once, and wakes them. Each step is a
 * savepoint: one that throws is undone alone, and its own caller alone hears of it. A commit that
 * fails, fails for all of its group; nobody was told of success before. Who comes alone is a group
 * of one, and waits for nobody.
 */
final class Writer {
  private static final System.Logger LOG = System.getLogger(Writer.class.getName());

  /** How many steps a group has at most: the first waits for the last. */
  private static final int MOST = 32;

  private static final int CLOSE_SECONDS = 10;

  private final ReentrantLock leading = new ReentrantLock();
  private final Queue<Turn<?>> waiting = new ConcurrentLinkedQueue<>();
  private final Supplier<Session> connect;
  private final ReadCache cache;
  private final Presence presence;
  private final Consumer<Session> closeLate;
  private volatile boolean closed;
  private volatile boolean abandoned; // closed while a step went on

  // Guarded by leading.
  private Session session;
  private Turn<?> current;

  /**
   * Writes through what {@code connect} opens now, and again when that broke.
   *
   * @param closeLate closes the connection whose last step went on after all was closed
   */
  Writer(
      Supplier<Session> connect, ReadCache cache, Presence presence, Consumer<Session> closeLate) {
    this.connect = connect;
    this.cache = cache;
    this.presence = presence;
    this.closeLate = closeLate;
    session = connect.get();
  }

  /** Whether the calling thread is running a step, which sees what it wrote. */
  boolean isMine() {
    return leading.isHeldByCurrentThread();
  }

  /** The connection; for a step. */
  Session session() {
    return session;
  }

  /** As {@link Database#afterwards}; for a step. */
  void afterwards(Runnable action) {
    current.afterwards.add(action);
  }

  /** As {@link Database#transaction}. */
  <T> T transaction(Supplier<T> step) {
    if (isMine()) {
      return current.part(step);
    }
    Turn<T> turn = new Turn<>(step);
    waiting.add(turn);
    boolean interrupted = false;
    while (!turn.over) {
      if (leading.tryLock()) {
        lead(turn);
      } else {
        LockSupport.park(this); // until it is over, or the connection is free
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return turn.result();
  }

  private void lead(Turn<?> turn) {
    try {
      if (!turn.over) {
        commitGroup();
      }
      if (abandoned) {
        Database.run(() -> closeLate.accept(session));
      }
    } finally {
      release();
    }
  }

  /** Leaves the connection to the first of those who came meanwhile. */
  private void release() {
    leading.unlock();
    Turn<?> next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next.caller);
    }
  }

  private void commitGroup() {
    List<Turn<?>> group = new ArrayList<>();
    boolean committed = false;
    try {
      if (closed) {
        throw Database.closing();
      }
      session.begin();
      runSteps(group);
      if (abandoned) {
        throw Database.closing();
      }
      presence.require(); // what is acknowledged must be found again
      cache.close();
      session.commit();
      committed = true;
    } catch (RuntimeException | Error e) {
      failAll(group, e);
    } finally {
      cache.open(committed);
      group.forEach(Turn::end);
    }
  }

  private void runSteps(List<Turn<?>> group) {
    do {
      Turn<?> turn = waiting.remove();
      group.add(turn);
      run(turn);
    } while (!waiting.isEmpty() && group.size() < MOST);
  }

  private void run(Turn<?> turn) {
    session.savepoint();
    current = turn;
    turn.run();
    current = null;
    if (turn.failure == null) {
      session.releaseSavepoint();
    } else {
      undo(turn);
    }
  }

  private void undo(Turn<?> turn) {
    cache.undo();
    try {
      session.rollbackToSavepoint();
    } catch (RuntimeException e) { // a full disk made SQLite roll back all of it
      throw turn.failure instanceof DavException full ? full : e;
    }
  }

  private void failAll(List<Turn<?>> group, Throwable failure) {
    if (group.isEmpty()) { // it could not even begin
      for (Turn<?> turn = waiting.poll(); turn != null; turn = waiting.poll()) {
        group.add(turn);
      }
    }
    group.forEach(turn -> turn.fail(failure));
    if (!closed) {
      goBack();
    }
  }

  /**
   * Has the connection hold what was committed, again. Another takes its place only where that
   * fails: SQLite opens whatever file has the name at that moment, and the last connection to a
   * file deletes the log beside that name when it closes.
   */
  private void goBack() {
    try {
      session.rollback();
    } catch (RuntimeException e) {
      if (presence.isThere()) {
        Session before = session; // the last to close would delete the log
        Database.run(() -> session = connect.get());
        Database.run(before::close);
      }
    }
  }

  /**
   * Lets nobody write any more, and waits for who does; false where that does not end, which must
   * not keep the server from stopping. Otherwise the connection is the caller's until it closes it.
   */
  boolean stop() {
    closed = true;
    try {
      abandoned = !leading.tryLock(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandoned = true;
    }
    if (abandoned) {
      LOG.log(Level.WARNING, "the database closes although it is still being written");
    }
    return !abandoned;
  }

  /** Closes the connection that {@link #stop} gave to the caller; who waits is told. */
  void close() {
    Database.run(session::close);
    release();
  }

  /** One step, and the thread that waits for what comes of it. */
  private static final class Turn<T> {
    private final Supplier<T> step;
    private final Thread caller = Thread.currentThread();
    private final List<Runnable> afterwards = new ArrayList<>();
    private T result;
    private Throwable failure;
    private boolean doomed; // a part failed
    private volatile boolean over; // written last, by who led

    Turn(Supplier<T> step) {
      this.step = step;
    }

    void run() {
      try {
        result = step.get();
        if (doomed) {
          throw new IllegalStateException("a part of the transaction failed");
        }
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }

    <P> P part(Supplier<P> part) {
      boolean whole = false;
      try {
        P partial = part.get();
        whole = true;
        return partial;
      } finally {
        doomed |= !whole;
      }
    }

    /** What it did came to nothing. */
    void fail(Throwable why) {
      if (failure == null) {
        failure = why;
      }
    }

    void end() {
      over = true;
      LockSupport.unpark(caller);
    }

    T result() {
      afterwards.forEach(Database::run);
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
      return result;
    }
  }
}
