package org.meantime.dav.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;

/** The locks of a tree at one moment, looked up once for a walk over all its members. */
public final class LockView {
  private final Map<ResourcePath, List<ActiveLock>> byRoot = new HashMap<>();
  private final Instant now;

  LockView(List<ActiveLock> locks, Instant now) {
    this.now = now;
    for (ActiveLock lock : locks) {
      byRoot.computeIfAbsent(lock.root(), root -> new ArrayList<>()).add(lock);
    }
  }

  /** The locks that protect the resource at that path, its ancestors' first. */
  public List<ActiveLock> covering(ResourcePath path) {
    if (byRoot.isEmpty()) {
      return List.of();
    }
    List<ActiveLock> locks = new ArrayList<>(byRoot.getOrDefault(path, List.of()));
    for (ResourcePath at = path; !at.isRoot(); ) {
      at = at.parent();
      for (ActiveLock lock : byRoot.getOrDefault(at, List.of())) {
        if (lock.depth() == Depth.INFINITY) {
          locks.add(0, lock);
        }
      }
    }
    return locks;
  }

  /** How long a lock lasts from the moment of this view. */
  public Timeout remaining(ActiveLock lock) {
    return remaining(lock, now);
  }

  static Timeout remaining(ActiveLock lock, Instant now) {
    Duration left = Duration.between(now, lock.expires());
    return new Timeout(Duration.ofSeconds(Math.max(0, left.plusMillis(999).toSeconds())));
  }
}
