package org.meantime.dav.lock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * Which locks hold, and which more may be granted (RFC 4918 §6, §7). A lock that expired does not
 * exist for anyone here. Whoever changes locks does so inside a transaction of the store, so that
 * no write slips in between the look and the grant.
 */
@ApplicationScoped
public class LockManager {
  private LockTable table;
  private Clock clock;
  private Supplier<Duration> longest;

  /** For the container's proxy. */
  protected LockManager() {}

  @Inject
  LockManager(LockTable table, Settings settings) {
    this.table = table;
    this.clock = Clock.systemUTC();
    this.longest = () -> settings.duration(Setting.LOCK_TIMEOUT);
  }

  /** Grants locks for at most {@code longest}. */
  public LockManager(LockTable table, Clock clock, Duration longest) {
    this.table = table;
    this.clock = clock;
    this.longest = () -> longest;
  }

  /** The locks that protect the resource at that path, whether it exists or not. */
  public List<ActiveLock> covering(ResourcePath path) {
    return current(table.above(path), lock -> lock.covers(path));
  }

  /** The locks rooted below that path. */
  public List<ActiveLock> below(ResourcePath path) {
    return current(table.below(path), lock -> true);
  }

  /** The locks as they are now, for a walk that begins at {@code path}. */
  public LockView view(ResourcePath path, Depth depth) {
    List<ActiveLock> locks = new ArrayList<>(covering(path));
    if (depth != Depth.ZERO) {
      locks.addAll(below(path));
    }
    return new LockView(locks, clock.instant());
  }

  /** The locks that stand in the way of a new one: shared ones bear shared ones (§6.2). */
  public List<ActiveLock> conflicting(ResourcePath root, LockScope scope, Depth depth) {
    List<ActiveLock> there = new ArrayList<>(covering(root));
    if (depth == Depth.INFINITY) {
      there.addAll(below(root));
    }
    there.removeIf(lock -> scope == LockScope.SHARED && lock.scope() == LockScope.SHARED);
    return there;
  }

  /** Grants a lock; the caller made sure that none conflicts. Locks that expired go. */
  public ActiveLock grant(LockProposal proposal, Timeout timeout) {
    table.deleteExpired(clock.instant());
    ActiveLock lock =
        new ActiveLock(
            LockToken.random(),
            proposal.root(),
            proposal.scope(),
            proposal.depth(),
            proposal.owner(),
            proposal.principal(),
            end(timeout));
    table.insert(lock);
    return lock;
  }

  /** Gives a lock a new time to live (§9.10.2). */
  public ActiveLock refresh(ActiveLock lock, Timeout timeout) {
    ActiveLock refreshed = lock.until(end(timeout));
    table.extend(refreshed);
    return refreshed;
  }

  public void release(ActiveLock lock) {
    table.delete(lock);
  }

  /** The tree at that path is gone, and its locks with it: locks never travel (§7.6). */
  public void releaseTree(ResourcePath path) {
    table.deleteTree(path);
  }

  /** How long a lock will last from now. */
  public Timeout remaining(ActiveLock lock) {
    return LockView.remaining(lock, clock.instant());
  }

  private Instant end(Timeout timeout) {
    return clock.instant().plus(timeout.atMost(longest.get()).duration());
  }

  private List<ActiveLock> current(List<ActiveLock> locks, Predicate<ActiveLock> wanted) {
    if (locks.isEmpty()) {
      return locks;
    }
    Instant now = clock.instant();
    return locks.stream().filter(lock -> lock.expires().isAfter(now)).filter(wanted).toList();
  }
}
