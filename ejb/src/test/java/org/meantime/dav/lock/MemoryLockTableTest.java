package org.meantime.dav.lock;

class MemoryLockTableTest extends LockTableContract {
  private final MemoryLockTable table = new MemoryLockTable();

  @Override
  protected LockTable table() {
    return table;
  }
}
