package org.meantime.dav.store.repository;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.lock.LockTable;
import org.meantime.dav.method.ProcessorContract;
import org.meantime.dav.store.Store;

/** Over the built-in store: trees go in one step, and locks are in the same database. */
class RepositoryProcessorTest extends ProcessorContract {
  @TempDir Path home;
  private TestRepository repository;

  @Override
  protected Store store() {
    repository = new TestRepository(home);
    return repository.store;
  }

  @Override
  protected LockTable lockTable() {
    return new SqlLockTable(repository.database);
  }

  @AfterEach
  void close() {
    repository.close();
  }
}
