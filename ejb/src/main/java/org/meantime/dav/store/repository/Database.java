package org.meantime.dav.store.repository;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * The database of the built-in store and of the locks: one connection that writes, by turns, and
 * several that read without ever waiting for it. Any thread may use it; a thread inside a
 * transaction reads what the transaction wrote.
 */
@ApplicationScoped
public class Database {
  private static final System.Logger LOG = System.getLogger(Database.class.getName());
  private static final int READERS = 32;
  private static final int SNAPSHOTS = 32;
  private static final int CLOSE_SECONDS = 10;
  private static final long MOST_LOG_BYTES = 1L << 30;

  private final Semaphore readers = new Semaphore(READERS);
  private final Semaphore snapshots = new Semaphore(SNAPSHOTS);
  private final Deque<Session> idle = new ConcurrentLinkedDeque<>();
  private final ReadCache cache = new ReadCache();
  private final List<Runnable> whenClosing = new CopyOnWriteArrayList<>();
  private Home home;
  private String id;
  private Sqlite sqlite;
  private Writer writer;
  private volatile boolean closed;
  private final Snapshots looking =
      new Snapshots(this::isLogLong, () -> run(() -> sqlite.restartLog()));

  /** For the container's proxy. */
  Database() {}

  @Inject
  Database(Settings settings) {
    this(Home.locate(settings.text(Setting.STORE_HOME)), creation(settings));
  }

  /** Opens the database in that folder, creating both where they are missing. */
  Database(Path folder) {
    this(folder, Home.Creation.ASKED);
  }

  Database(Path folder, Home.Creation creation) {
    home = Home.open(folder, creation);
    try {
      home.requireLog();
      sqlite = new Sqlite(home.database(), home.reserve()::giveUp);
      sqlite.migrate();
      writer = new Writer(sqlite::writer, cache, home.presence(), this::closeLate);
      home.presence().whenAway(cache::forget);
      id = write(this::identify);
      home.setOpen(true);
      home.watch();
    } catch (RuntimeException e) {
      home.close();
      throw e;
    }
    LOG.log(Level.INFO, "the repository is in {0}", home.folder());
  }

  /** The server's own data folder is its own to begin; any other may be a mount that is missing. */
  private static Home.Creation creation(Settings settings) {
    return settings.text(Setting.STORE_HOME).isBlank()
            || Boolean.parseBoolean(settings.text(Setting.STORE_CREATE))
        ? Home.Creation.ASKED
        : Home.Creation.REFUSED;
  }

  private String identify(Session session) {
    Optional<String> known = session.find("SELECT id FROM repository", row -> row.getString(1));
    boolean hasFiles = session.number("SELECT 1 FROM content WHERE bytes IS NULL LIMIT 1") != 0;
    String found = home.identify(known, hasFiles);
    if (known.isEmpty()) {
      session.update("INSERT INTO repository (id) VALUES (?)", found);
    } else {
      session.update("UPDATE repository SET id = id"); // from here on there is a log
    }
    return found;
  }

  /** What no other repository has. */
  public String id() {
    return id;
  }

  /** The folder it lies in. */
  public Home home() {
    return home;
  }

  /**
   * Runs {@code step} so that nobody else writes meanwhile, and so that all it wrote is on disk
   * when this returns, or none of it is there when it throws. It may be run by another thread that
   * writes at the same time. Inside another it is a part of that other, which then cannot succeed
   * if {@code step} throws.
   */
  public <T> T transaction(Supplier<T> step) {
    return writer.transaction(step);
  }

  /** Whether the calling thread is inside a transaction, and so sees what others cannot. */
  public boolean isInTransaction() {
    return writer.isMine();
  }

  /**
   * Runs {@code step} on the connection that writes, in the transaction at hand or its own. What
   * was recalled is forgotten.
   */
  public <T> T write(Function<Session, T> step) {
    return change(
        session -> {
          cache.changeAll();
          return step.apply(session);
        });
  }

  /**
   * As {@link #write}, for a step that says by {@link #changed} or {@link #allChanged} what it
   * changes of what may be recalled.
   */
  <T> T change(Function<Session, T> step) {
    return writer.isMine()
        ? step.apply(writer.session())
        : transaction(() -> step.apply(writer.session()));
  }

  /** Notes, in the transaction at hand, what {@link #recall} says from now on under that key. */
  <T> void changed(Recalled<T> key, T value) {
    cache.change(key, value);
  }

  /** Notes, in the transaction at hand, that much of what may be recalled has changed. */
  void allChanged() {
    cache.changeAll();
  }

  /** Runs {@code action} when the transaction at hand has ended, whichever way. */
  public void afterwards(Runnable action) {
    if (writer.isMine()) {
      writer.afterwards(action);
    } else {
      action.run();
    }
  }

  /**
   * Runs {@code step} on a connection that reads what was committed, or inside a transaction, on
   * its own. The step is short and does not call back.
   */
  public <T> T read(Function<Session, T> step) {
    if (writer.isMine()) {
      return step.apply(writer.session());
    }
    home.presence().requireLately();
    Session reader = lend(readers);
    boolean sound = false;
    try {
      T result = step.apply(reader);
      sound = true;
      return result;
    } finally {
      takeBack(reader, readers, sound);
    }
  }

  /** As {@link #read}, or what was read under that key before, where it has not changed since. */
  <T> T recall(Recalled<T> key) {
    if (writer.isMine()) {
      return cache.getChanged(key, () -> read(key::read));
    }
    home.presence().requireLately();
    return closed ? read(key::read) : cache.get(key, () -> read(key::read));
  }

  /**
   * A connection of its own for statements that may take minutes; the caller closes it. While one
   * runs, the write-ahead log keeps all that is written: once that is much, it rests no more.
   */
  Session patient(Pace pace) {
    return sqlite.patient(
        () -> {
          if (isLogLong()) {
            pace.goOn();
          } else {
            pace.rest();
          }
        });
  }

  /** A connection that reads a copy of the database; the caller closes it. */
  Session reader(Path copy) {
    return sqlite.reader(copy);
  }

  /**
   * A connection that sees the database as it is now until it is given back by closing. Waits while
   * the log is long for those who have one.
   *
   * @param meanwhile run now and then while it waits; what it throws ends that
   */
  public Snapshot snapshot(Runnable meanwhile) {
    looking.begin(meanwhile);
    Session reader = null;
    try {
      reader = lend(snapshots);
      reader.begin();
      return new Snapshot(reader);
    } catch (RuntimeException | Error e) {
      if (reader != null) {
        takeBack(reader, snapshots, false);
      }
      looking.end();
      throw e;
    }
  }

  /** Whether the log is longer than it should become. */
  private boolean isLogLong() {
    return home.log().toFile().length() > MOST_LOG_BYTES;
  }

  /** Has a log that has become long, or that fills the disk, begin anew where nobody needs it. */
  void tidyLog() {
    looking.tidy(!home.reserve().isHeld());
  }

  private Session lend(Semaphore permits) {
    permits.acquireUninterruptibly();
    boolean lent = false;
    try {
      if (closed) {
        throw closing();
      }
      Session reader = idle.poll();
      if (reader == null) {
        home.presence().require(); // it is opened by its name
        reader = sqlite.reader();
        requireOurs(reader);
      }
      lent = true;
      return reader;
    } finally {
      if (!lent) {
        permits.release();
      }
    }
  }

  private void requireOurs(Session reader) {
    try {
      home.presence().require();
    } catch (DavException e) {
      run(reader::close);
      throw e;
    }
  }

  private void takeBack(Session reader, Semaphore permits, boolean sound) {
    if (sound) {
      idle.push(reader);
    } else {
      run(reader::close);
    }
    permits.release();
  }

  /** Runs {@code action} first thing when the database closes, on the thread that closes it. */
  public void whenClosing(Runnable action) {
    whenClosing.add(action);
  }

  /** Waits a while for what is running, brings the file up to date and gives the folder free. */
  @PreDestroy
  public void close() {
    if (closed) {
      return;
    }
    whenClosing.forEach(Database::run);
    closed = true;
    boolean mayWrite = writer.stop();
    await(readers, READERS);
    await(snapshots, SNAPSHOTS);
    idle.forEach(reader -> run(reader::close));
    if (mayWrite) {
      run(() -> bringHome(writer.session()));
      writer.close();
    }
    run(sqlite::forgetDriver);
    home.close();
  }

  /** Has the database file hold all, where nobody reads what was before. */
  private void bringHome(Session session) {
    if (home.isDatabaseThere() && sqlite.checkpoint(session)) {
      home.setOpen(false);
    }
    sqlite.truncate(session);
  }

  /**
   * Closes the connection of a step that was stuck when the rest was closed. With the last
   * connection SQLite deletes the log; nobody else opens the home in between.
   */
  private void closeLate(Session session) {
    run(session::rollback);
    if (home.lockAgain()) {
      run(() -> bringHome(session));
    }
    run(session::close);
    home.close();
  }

  private static void await(Semaphore permits, int all) {
    try {
      if (permits.tryAcquire(all, CLOSE_SECONDS, TimeUnit.SECONDS)) {
        permits.release(all); // who comes late is to be told, not to wait
      } else {
        LOG.log(Level.WARNING, "the database closes although it is still being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static DavException closing() {
    return new DavException(Status.SERVICE_UNAVAILABLE, "the store is being closed");
  }

  static void run(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "the repository could not tidy up", e);
    }
  }

  /** One moment of the database, kept for as long as it is open. */
  final class Snapshot implements AutoCloseable {
    private final Session session;

    private Snapshot(Session session) {
      this.session = session;
    }

    Session session() {
      return session;
    }

    @Override
    public void close() {
      boolean sound = false;
      try {
        session.rollback();
        sound = true;
      } finally {
        takeBack(session, snapshots, sound);
        looking.end();
      }
    }
  }
}
