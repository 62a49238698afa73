package org.meantime.dav.method;

import java.time.Clock;
import org.meantime.dav.lock.LockTable;
import org.meantime.dav.lock.MemoryLockTable;
import org.meantime.dav.store.MemoryStore;
import org.meantime.dav.store.Store;

/** Over a store without any capability: trees go member by member. */
class MemoryProcessorTest extends ProcessorContract {
  @Override
  protected Store store() {
    return new MemoryStore(Clock.systemUTC());
  }

  @Override
  protected LockTable lockTable() {
    return new MemoryLockTable();
  }
}
