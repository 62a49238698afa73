package org.meantime.dav.lock;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
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
  private Settings settings;

  /** For the container's proxy. */
  protected LockManager() {}

  @Inject
  LockManager(LockTable table, Settings settings) {
    this(table, Clock.systemUTC(), settings);
  }

  /** With a clock that is not the system's. */
  public LockManager(LockTable table, Clock clock, Settings settings) {
    this.table = table;
    this.clock = clock;
    this.settings = settings;
  }

  /** The locks that protect the resource at that path, whether it exists or not. */
  public List<ActiveLock> covering(ResourcePath path) {
    return current(table.above(path), lock -> lock.covers(path));
  }

  /** The locks rooted below that path, without what their owners wrote. */
  public List<ActiveLock> below(ResourcePath path) {
    return current(table.below(path), lock -> true);
  }

  /** The locks as they are now, for a walk that begins at {@code path}. */
  public LockView view(ResourcePath path, Depth depth) {
    List<ActiveLock> locks = new ArrayList<>(covering(path));
    Set<ResourcePath> here = new HashSet<>();
    for (ActiveLock lock : locks) {
      here.add(lock.root());
    }
    if (depth != Depth.ZERO) {
      locks.addAll(below(path));
    }
    return new LockView(
        locks,
        lock -> here.contains(lock.root()) ? lock.owner() : table.owner(lock),
        clock.instant());
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

  /**
   * Throws a 507 where there is no room for a lock: its user has as many as one may have, or a
   * resource would be under more shared ones than one may be.
   */
  public void requireRoom(LockProposal proposal) {
    long mostOfUser = settings.number(Setting.LOCK_USER);
    if (!table.hasFewer(proposal.principal(), mostOfUser, clock.instant())) {
      throw noRoom("a user may have " + mostOfUser + " locks");
    }
    long mostShared = settings.number(Setting.LOCK_SHARED);
    if (proposal.scope() == LockScope.SHARED && mostCovering(proposal) >= mostShared) {
      throw noRoom("a resource may be under " + mostShared + " shared locks");
    }
  }

  /** How many locks there are already on the resource of the proposal that has most. */
  private int mostCovering(LockProposal proposal) {
    LockView view = view(proposal.root(), proposal.depth());
    int most = view.covering(proposal.root()).size();
    if (proposal.depth() == Depth.INFINITY) {
      for (ActiveLock lock : below(proposal.root())) {
        most = Math.max(most, view.covering(lock.root()).size());
      }
    }
    return most;
  }

  private static DavException noRoom(String reason) {
    return new DavException(Status.INSUFFICIENT_STORAGE, reason);
  }

  /**
   * Grants a lock; the caller made sure that none conflicts and that there is room. Those that
   * expired go.
   */
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
    return clock.instant().plus(timeout.atMost(settings.duration(Setting.LOCK_TIMEOUT)).duration());
  }

  private List<ActiveLock> current(List<ActiveLock> locks, Predicate<ActiveLock> wanted) {
    if (locks.isEmpty()) {
      return locks;
    }
    Instant now = clock.instant();
    return locks.stream().filter(lock -> lock.expires().isAfter(now)).filter(wanted).toList();
  }
}
