package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockTable;
import org.meantime.dav.lock.LockTableContract;

class SqlLockTableTest extends LockTableContract {
  @TempDir Path home;
  private Database database;
  private SqlLockTable table;

  @BeforeEach
  void open() {
    database = new Database(home);
    table = new SqlLockTable(database);
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Override
  protected LockTable table() {
    return table;
  }

  @Test
  void lock_survivesARestart() {
    ActiveLock lock = lock("/a");
    table.insert(lock);
    close();
    open();
    assertEquals(List.of(lock), table.above(lock.root()));
  }

  /** What is recalled of the locks at a path is what the database has. */
  @Test
  void whatIsRecalled_isWhatIsStored() {
    ActiveLock one = lock("/a");
    ActiveLock other = lock("/a");
    assertRecalled();
    table.insert(one);
    assertRecalled(one);
    table.insert(other);
    assertRecalled(one, other);
    ActiveLock extended = other.until(END.plusNanos(1_500_000));
    table.extend(extended);
    assertRecalled(one, other.until(END.plusMillis(1)));
    table.delete(one);
    assertRecalled(other.until(END.plusMillis(1)));
    table.deleteExpired(END);
    assertRecalled(other.until(END.plusMillis(1)));
    table.deleteTree(other.root());
    assertRecalled();
  }

  private void assertRecalled(ActiveLock... locks) {
    assertEquals(Set.of(locks), Set.copyOf(table.above(lock("/a").root())));
    database.write(session -> 0); // forgets it
    assertEquals(Set.of(locks), Set.copyOf(table.above(lock("/a").root())));
  }

  @Test
  void transactionRolledBack_takesItsLocksWithIt() {
    ActiveLock lock = lock("/a");
    assertThrows(
        IllegalStateException.class,
        () ->
            database.transaction(
                () -> {
                  table.insert(lock);
                  assertEquals(List.of(lock), table.above(lock.root()));
                  throw new IllegalStateException();
                }));
    assertEquals(List.of(), table.above(lock.root()));
  }
}
