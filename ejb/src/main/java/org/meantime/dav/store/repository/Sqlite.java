package org.meantime.dav.store.repository;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.meantime.dav.StorageException;
import org.sqlite.ProgressHandler;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import org.sqlite.SQLiteOpenMode;

/**
 * All that is particular to SQLite: how connections are set up, what its errors mean, which
 * migrations are its own. The statements themselves are portable and stand beside their tables.
 */
final class Sqlite {
  private static final int WRITER_CACHE_KIB = 64 * 1024;
  private static final int READER_CACHE_KIB = 8 * 1024;

  /**
   * How large the write-ahead log stays once it was, which the COPY of a quarter of a million
   * resources makes it. To give its end back keeps the commit that begins it anew waiting for 10 ms
   * and more (ext4).
   */
  private static final int WAL_LIMIT_BYTES = 256 * 1024 * 1024;

  /**
   * How many pages of 4 KiB the write-ahead log takes before a commit brings them into the file. A
   * page that many commits change is then written there once, not each thousand pages.
   */
  private static final int CHECKPOINT_PAGES = 8_000;

  private static final int PAUSE_STEPS = 10_000;

  /** How long those who write may wait for those who read before the log begins anew. */
  private static final int RESTART_MILLIS = 200;

  private final String url;
  private final Runnable whenFull;
  private final NativeLibrary library = NativeLibrary.load();

  /**
   * The database in that file.
   *
   * @param whenFull run when there was no room
   */
  Sqlite(Path file, Runnable whenFull) {
    this.url = url(file);
    this.whenFull = whenFull;
  }

  private static String url(Path file) {
    return "jdbc:sqlite:" + file;
  }

  /** Brings the schema up to date. */
  void migrate() {
    List<String> versions =
        List.of(
            "V1__repository.sql",
            "V2__lock_principal.sql",
            "V3__repository_id.sql",
            "V4__lock_root_first.sql",
            "V5__given_dates.sql",
            "V6__lock_root.sql",
            "V7__name_nfc.sql");
    SQLiteDataSource source = new Migrating(writing().getConfig());
    source.setUrl(url);
    new Migrations("sqlite", versions).migrate(source);
  }

  /** Its connections have the function {@code NFC}, which knows Unicode. */
  private static final class Migrating extends SQLiteDataSource {
    Migrating(SQLiteConfig config) {
      super(config);
    }

    @Override
    public SQLiteConnection getConnection(String user, String password) throws SQLException {
      SQLiteConnection connection = super.getConnection(user, password);
      org.sqlite.Function.create(connection, "NFC", new Nfc());
      return connection;
    }
  }

  private static final class Nfc extends org.sqlite.Function {
    @Override
    protected void xFunc() throws SQLException {
      result(Normalizer.normalize(value_text(0), Normalizer.Form.NFC));
    }
  }

  Session writer() {
    return open(writing(), this::failure);
  }

  Session reader() {
    return open(reading(), this::failure);
  }

  /** A connection that reads a copy of the database. */
  Session reader(Path copy) {
    SQLiteDataSource source = reading();
    source.setUrl(url(copy));
    return open(source, Sqlite::fault);
  }

  /**
   * A connection for long statements.
   *
   * @param pause run every {@value #PAUSE_STEPS} steps of SQLite's machine, by the thread that
   *     waits for the statement; what it throws ends the statement, and is thrown by it
   */
  Session patient(Runnable pause) {
    Pause handler = new Pause(pause);
    try {
      Connection connection = reading().getConnection();
      ProgressHandler.setHandler(connection, PAUSE_STEPS, handler);
      return new Session(connection, e -> handler.thrown.orElseGet(() -> fault(e)));
    } catch (SQLException e) {
      throw fault(e);
    }
  }

  /** No exception may pass through SQLite. */
  private static final class Pause extends ProgressHandler {
    private final Runnable pause;
    private Optional<RuntimeException> thrown = Optional.empty();

    private Pause(Runnable pause) {
      this.pause = pause;
    }

    @Override
    protected int progress() {
      try {
        pause.run();
        return 0;
      } catch (RuntimeException e) {
        thrown = Optional.of(e);
        return 1;
      }
    }
  }

  private static Session open(
      SQLiteDataSource source, Function<SQLException, RuntimeException> failure) {
    try {
      return new Session(source.getConnection(), failure);
    } catch (SQLException e) {
      throw failure.apply(e);
    }
  }

  private SQLiteDataSource reading() {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return source(config);
  }

  private SQLiteDataSource writing() {
    SQLiteConfig config = config(WRITER_CACHE_KIB);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    // Each commit waits for the disk: what was acknowledged survives a power failure.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    return source(config);
  }

  private SQLiteDataSource source(SQLiteConfig config) {
    SQLiteDataSource source = new SQLiteDataSource(config);
    source.setUrl(url);
    return source;
  }

  private static SQLiteConfig config(int cacheKib) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout(20_000);
    config.enforceForeignKeys(true);
    config.setCacheSize(-cacheKib);
    config.setGetGeneratedKeys(false); // it would be asked for after each statement
    config.setOpenMode(SQLiteOpenMode.NOMUTEX); // each connection is one thread's at a time
    return config;
  }

  /** Brings what the write-ahead log holds into the database file; true if that has all now. */
  boolean checkpoint(Session writer) {
    return writer
        .find("PRAGMA wal_checkpoint(PASSIVE)", row -> row.getInt(2) == row.getInt(3))
        .orElse(false);
  }

  /**
   * Brings it home as far as those who read allow, and has the next transaction begin it anew if
   * they all are done within a moment; meanwhile nobody writes.
   */
  void restartLog() {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setBusyTimeout(RESTART_MILLIS);
    try (Session session = open(source(config), Sqlite::fault)) {
      checkpoint(session); // the most of it, while others write
      session.find("PRAGMA wal_checkpoint(RESTART)", row -> row.getInt(1));
    }
  }

  /** Does so once nobody reads what was before, and empties the log, so that one file is all. */
  void truncate(Session writer) {
    writer.find("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1));
  }

  /**
   * Takes back what the driver would leave behind when the application is undeployed: its files,
   * and its registration, which would keep the application in memory.
   */
  void forgetDriver() {
    library.removeFiles();
    DriverManager.drivers().filter(org.sqlite.JDBC.class::isInstance).forEach(this::unregister);
  }

  private void unregister(Driver driver) {
    try {
      DriverManager.deregisterDriver(driver);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private RuntimeException failure(SQLException e) {
    if (e instanceof SQLiteException sqlite
        && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_FULL) {
      whenFull.run();
      return Disk.full();
    }
    return fault(e);
  }

  private static RuntimeException fault(SQLException e) {
    return new StorageException("the store's database failed: " + e.getMessage(), e);
  }
}
