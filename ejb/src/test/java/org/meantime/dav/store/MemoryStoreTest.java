package org.meantime.dav.store;

import java.time.Clock;

class MemoryStoreTest extends StoreContract {
  private final MemoryStore store = new MemoryStore(Clock.systemUTC());

  @Override
  protected Store store() {
    return store;
  }
}
