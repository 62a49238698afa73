package org.meantime.dav.lock;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;

/** The locks of a tree at one moment, looked up once for a walk over all its members. */
public final class LockView {
  /** For a walk that asks for none. */
  public static final LockView NONE = new LockView(List.of(), ActiveLock::owner, Instant.MIN);

  private final Place root = new Place();
  private final Function<ActiveLock, String> owners;
  private final Instant now;

  /** A place in the tree of lock roots. */
  private static final class Place {
    private final Map<String, Place> members = new HashMap<>();
    private final List<ActiveLock> locks = new ArrayList<>();
  }

  /**
   * A view of those locks.
   *
   * @param owners what the owner of each of them wrote
   */
  LockView(List<ActiveLock> locks, Function<ActiveLock, String> owners, Instant now) {
    this.owners = owners;
    this.now = now;
    for (ActiveLock lock : locks) {
      Place place = root;
      for (String name : lock.root().segments()) {
        place = place.members.computeIfAbsent(name, any -> new Place());
      }
      place.locks.add(lock);
    }
  }

  /** The locks that protect the resource at that path, its ancestors' first. */
  public List<ActiveLock> covering(ResourcePath path) {
    List<ActiveLock> locks = new ArrayList<>();
    Place place = root;
    for (String name : path.segments()) {
      for (ActiveLock lock : place.locks) {
        if (lock.depth() == Depth.INFINITY) {
          locks.add(lock);
        }
      }
      place = place.members.get(name);
      if (place == null) {
        return locks;
      }
    }
    locks.addAll(place.locks);
    return locks;
  }

  /** What the owner of a lock wrote. */
  public String owner(ActiveLock lock) {
    return owners.apply(lock);
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
