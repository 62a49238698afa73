package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is kept, and for how long. */
class ReadCacheTest {
  private final ReadCache cache = new ReadCache();
  private int reads;

  private record Key(Object name, int size) implements Recalled<Integer> {
    @Override
    public Integer read(Session session) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int bytes(Integer found) {
      return size;
    }
  }

  private static Key key(Object name) {
    return new Key(name, 0);
  }

  private int read(Object name) {
    return cache.get(key(name), () -> ++reads);
  }

  private int readInside(Object name) {
    return cache.getChanged(key(name), () -> ++reads);
  }

  private void commit() {
    cache.close();
    cache.open(true);
  }

  @Test
  void sameKey_isReadOnce() {
    assertEquals(1, read("a"));
    assertEquals(2, read("b"));
    assertEquals(1, read("a"));
    assertEquals(1, readInside("a"));
  }

  @Test
  void commit_forgetsAllWhereAllMayHaveChanged() {
    read("a");
    cache.changeAll();
    assertEquals(2, readInside("a"));
    assertEquals(3, readInside("a"));
    commit();
    assertEquals(4, read("a"));
    assertEquals(4, read("a"));
  }

  @Test
  void change_isSeenInsideAtOnceAndByAllAfterTheCommit() {
    read("a");
    read("b");
    cache.change(key("a"), 100);
    assertEquals(100, readInside("a"));
    assertEquals(1, read("a"));
    commit();
    assertEquals(100, read("a"));
    assertEquals(2, read("b"));
  }

  @Test
  void changeThatIsNotCommitted_isForgotten() {
    read("a");
    cache.change(key("a"), 100);
    cache.close();
    cache.open(false);
    assertEquals(2, read("a"));
  }

  @Test
  void changeThatIsUndone_isReadAgain() {
    read("a");
    cache.change(key("a"), 100);
    cache.undo();
    assertEquals(2, readInside("a"));
    assertEquals(2, readInside("a"));
    assertEquals(1, read("a"));
    commit();
    assertEquals(2, read("a"));
  }

  @Test
  void whileACommitGoesOn_nothingIsKeptAndWhatItChangesIsNotFound() {
    read("a");
    read("b");
    cache.change(key("a"), 100);
    cache.close();
    assertEquals(3, read("a"));
    assertEquals(4, read("a"));
    assertEquals(2, read("b"));
    cache.open(true);
    assertEquals(100, read("a"));
  }

  @Test
  void readThatACommitOvertook_isNotKept() {
    int before =
        cache.get(
            key("a"),
            () -> {
              commit();
              return ++reads;
            });
    assertEquals(1, before);
    assertEquals(2, read("a"));
  }

  @Test
  void large_isNotKept() {
    Key large = new Key("a", 1 << 20);
    cache.get(large, () -> ++reads);
    assertEquals(2, cache.get(large, () -> ++reads));
    cache.change(large, 100);
    commit();
    assertEquals(3, cache.get(large, () -> ++reads));
  }

  @Test
  void many_pushOutTheFirst() {
    for (int i = 0; i < 2_000; i++) {
      cache.get(new Key(i, 15_000), () -> ++reads);
    }
    assertEquals(2_001, cache.get(new Key(0, 15_000), () -> ++reads));
  }
}
