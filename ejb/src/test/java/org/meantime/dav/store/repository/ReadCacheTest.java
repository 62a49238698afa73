package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is kept, and for how long. */
class ReadCacheTest {
  private final ReadCache cache = new ReadCache();
  private int reads;

  private int read(Object key, int bytes) {
    return cache.get(key, () -> ++reads, value -> bytes);
  }

  @Test
  void sameKey_isReadOnce() {
    assertEquals(1, read("a", 0));
    assertEquals(2, read("b", 0));
    assertEquals(1, read("a", 0));
  }

  @Test
  void commit_forgetsAll() {
    read("a", 0);
    cache.close();
    cache.open();
    assertEquals(2, read("a", 0));
  }

  @Test
  void whileACommitGoesOn_nothingIsKept() {
    cache.close();
    read("a", 0);
    assertEquals(2, read("a", 0));
    cache.open();
    assertEquals(3, read("a", 0));
  }

  @Test
  void readThatACommitOvertook_isNotKept() {
    int before =
        cache.get(
            "a",
            () -> {
              int value = ++reads;
              cache.close();
              cache.open();
              return value;
            },
            value -> 0);
    assertEquals(1, before);
    assertEquals(2, read("a", 0));
  }

  @Test
  void large_isNotKept() {
    read("a", 1 << 20);
    assertEquals(2, read("a", 1 << 20));
  }

  @Test
  void many_pushOutTheFirst() {
    read(-1, 15_000);
    for (int i = 0; i < 2_000; i++) {
      read(i, 15_000);
    }
    assertEquals(2_002, read(-1, 15_000));
  }
}
