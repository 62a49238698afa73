package org.meantime.dav.lock;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;

/** Locks in memory. Takes no part in transactions: a change stays when one rolls back. */
public final class MemoryLockTable implements LockTable {
  private final Map<LockToken, ActiveLock> locks = new ConcurrentHashMap<>();

  @Override
  public List<ActiveLock> above(ResourcePath path) {
    return list(lock -> lock.root().contains(path));
  }

  @Override
  public List<ActiveLock> below(ResourcePath path) {
    return list(lock -> path.contains(lock.root()) && !path.equals(lock.root())).stream()
        .map(ActiveLock::withoutOwner)
        .toList();
  }

  @Override
  public String owner(ActiveLock lock) {
    return Optional.ofNullable(locks.get(lock.token())).map(ActiveLock::owner).orElse("");
  }

  @Override
  public boolean hasFewer(String principal, long most, Instant now) {
    return list(lock -> lock.principal().equals(principal) && lock.expires().isAfter(now)).size()
        < most;
  }

  private List<ActiveLock> list(Predicate<ActiveLock> condition) {
    return locks.values().stream().filter(condition).toList();
  }

  @Override
  public void insert(ActiveLock lock) {
    locks.put(lock.token(), lock);
  }

  @Override
  public void extend(ActiveLock lock) {
    locks.computeIfPresent(lock.token(), (token, old) -> old.until(lock.expires()));
  }

  @Override
  public void delete(ActiveLock lock) {
    locks.remove(lock.token());
  }

  @Override
  public void deleteTree(ResourcePath path) {
    locks.values().removeIf(lock -> path.contains(lock.root()));
  }

  @Override
  public void deleteExpired(Instant now) {
    locks.values().removeIf(lock -> !lock.expires().isAfter(now));
  }
}
