package org.meantime.dav.store.repository;

import java.nio.file.Path;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.meantime.dav.StorageException;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.Pragma;
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

  private final String url;
  private final Runnable whenFull;
  private final NativeLibrary library = NativeLibrary.load();

  /**
   * The database in that file.
   *
   * @param whenFull run when there was no room
   */
  Sqlite(Path file, Runnable whenFull) {
    this.url = "jdbc:sqlite:" + file;
    this.whenFull = whenFull;
  }

  /** Brings the schema up to date. */
  void migrate() {
    List<String> versions =
        List.of("V1__repository.sql", "V2__lock_principal.sql", "V3__repository_id.sql");
    new Migrations("sqlite", versions).migrate(writing());
  }

  Session writer() {
    return open(writing());
  }

  Session reader() {
    SQLiteConfig config = config(READER_CACHE_KIB);
    config.setReadOnly(true);
    return open(new SQLiteDataSource(config));
  }

  private Session open(SQLiteDataSource source) {
    source.setUrl(url);
    try {
      return new Session(source.getConnection(), this::failure);
    } catch (SQLException e) {
      throw failure(e);
    }
  }

  private SQLiteDataSource writing() {
    SQLiteConfig config = config(WRITER_CACHE_KIB);
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setJournalSizeLimit(WAL_LIMIT_BYTES);
    config.setPragma(Pragma.WAL_AUTOCHECKPOINT, Integer.toString(CHECKPOINT_PAGES));
    // Each commit waits for the disk: what was acknowledged survives a power failure.
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
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

  /** Moves what the write-ahead log holds into the database file, so that one file is all. */
  void checkpoint(Session writer) {
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
    return new StorageException("the store's database failed: " + e.getMessage(), e);
  }
}
