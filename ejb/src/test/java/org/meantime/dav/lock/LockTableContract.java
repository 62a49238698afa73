package org.meantime.dav.lock;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;

/** What every lock table does. */
public abstract class LockTableContract {
  protected static final Instant END = Instant.parse("2030-01-02T03:04:05.678Z");

  /** A new table without locks. */
  protected abstract LockTable table();

  @Test
  void lock_comesBackAsItWas() {
    ActiveLock exclusive =
        new ActiveLock(
            LockToken.random(),
            ResourcePath.parse("/a%20b/%C3%A9%25"),
            LockScope.EXCLUSIVE,
            Depth.INFINITY,
            "<owner xmlns='DAV:'>é <b/></owner>",
            "alice",
            END);
    ActiveLock shared =
        new ActiveLock(
            LockToken.random(), exclusive.root(), LockScope.SHARED, Depth.ZERO, "", "bob", END);
    table().insert(exclusive);
    table().insert(shared);
    assertEquals(Set.of(exclusive, shared), Set.copyOf(table().above(exclusive.root())));
  }

  // The table holds locks at /, /a, /a/b, /a/b/c, /ab, /a!, /a0, /b
  @ParameterizedTest
  @CsvSource({
    "/,         /,               /a /a/b /a/b/c /ab /a! /a0 /b",
    "/a,        / /a,            /a/b /a/b/c",
    "/a/b,      / /a /a/b,       /a/b/c",
    "/a/b/c/d,  / /a /a/b /a/b/c,''",
    "/ab,       / /ab,           ''",
    "/a!/x,     / /a!,           ''",
    "/none,     /,               ''"
  })
  void aboveAndBelow_areToldApart(String path, String above, String below) {
    for (String root : "/ /a /a/b /a/b/c /ab /a! /a0 /b".split(" ")) {
      table().insert(lock(root));
    }
    ResourcePath asked = ResourcePath.parse(path);
    assertEquals(words(above), roots(table().above(asked)));
    assertEquals(words(below), roots(table().below(asked)));
  }

  @Test
  void owner_isToldOfTheLockAlone() {
    ActiveLock lock =
        new ActiveLock(
            LockToken.random(),
            ResourcePath.parse("/a/b"),
            LockScope.SHARED,
            Depth.ZERO,
            "<owner xmlns='DAV:'>é</owner>",
            "alice",
            END);
    table().insert(lock);
    assertEquals(List.of(lock.withoutOwner()), table().below(ResourcePath.parse("/a")));
    assertEquals(lock.owner(), table().owner(lock.withoutOwner()));
    assertEquals("", table().owner(lock("/a/b")));
  }

  @Test
  void hasFewer_countsOneUsersThatLast() {
    ActiveLock longer = lock("/b").until(END.plusMillis(1));
    assertFewer(0, "alice", END);
    table().insert(lock("/a"));
    table().insert(longer);
    assertFewer(2, "alice", END.minusMillis(1));
    assertFewer(1, "alice", END);
    assertFewer(0, "bob", END.minusMillis(1));
    table().extend(longer.until(END.plusMillis(2)));
    table().delete(lock("/b"));
    assertFewer(1, "alice", END.plusMillis(1));
    table().delete(longer);
    assertFewer(1, "alice", END.minusMillis(1));
    table().deleteExpired(END);
    assertFewer(0, "alice", END.minusMillis(1));
  }

  private void assertFewer(long many, String principal, Instant now) {
    assertTrue(table().hasFewer(principal, many + 1, now));
    assertFalse(table().hasFewer(principal, many, now));
  }

  @Test
  void extend_changesTheEndOfThatLockOnly() {
    ActiveLock one = lock("/a");
    ActiveLock other = lock("/a");
    table().insert(one);
    table().insert(other);
    Instant later = END.plusSeconds(60);
    table().extend(one.until(later));
    assertEquals(Set.of(one.until(later), other), Set.copyOf(table().above(one.root())));
  }

  @Test
  void delete_deletesThatLockOnly() {
    ActiveLock one = lock("/a");
    ActiveLock other = lock("/a");
    table().insert(one);
    table().insert(other);
    table().delete(one);
    table().delete(lock("/a"));
    assertEquals(List.of(other), table().above(one.root()));
  }

  @Test
  void deleteTree_deletesTheRootAndWhatIsBelow() {
    for (String root : "/ /a /a/b /a/b/c /ab /a! /a0".split(" ")) {
      table().insert(lock(root));
    }
    table().deleteTree(ResourcePath.parse("/a"));
    assertEquals(words("/ab /a! /a0"), roots(table().below(ResourcePath.ROOT)));
    table().deleteTree(ResourcePath.ROOT);
    assertEquals(List.of(), table().above(ResourcePath.ROOT));
    assertEquals(List.of(), table().below(ResourcePath.ROOT));
  }

  @Test
  void deleteExpired_deletesWhatEndedByThen() {
    ActiveLock ends = lock("/a").until(END);
    ActiveLock lasts = lock("/a").until(END.plusMillis(1));
    table().insert(ends);
    table().insert(lasts);
    table().deleteExpired(END.minusMillis(1));
    assertEquals(2, table().above(ends.root()).size());
    table().deleteExpired(END);
    assertEquals(List.of(lasts), table().above(ends.root()));
  }

  protected static ActiveLock lock(String root) {
    return new ActiveLock(
        LockToken.random(),
        ResourcePath.parse(root),
        LockScope.SHARED,
        Depth.INFINITY,
        "",
        "alice",
        END);
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  private static Set<String> roots(List<ActiveLock> locks) {
    return locks.stream().map(lock -> lock.root().toString()).collect(Collectors.toSet());
  }
}
