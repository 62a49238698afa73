package org.meantime.dav.store.repository;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.StoreContract;

class RepositoryStoreTest extends StoreContract {
  @TempDir Path home;
  private Database database;
  private RepositoryStore store;

  @BeforeEach
  void open() {
    database = new Database(home);
    store = new RepositoryStore(database, Clock.systemUTC(), Duration.ofMinutes(5), () -> 100);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected Store store() {
    return store;
  }
}
