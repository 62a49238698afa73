package org.meantime.dav.lock;

import java.time.Instant;
import java.util.List;
import org.meantime.dav.ResourcePath;

/**
 * Keeps locks over a restart, with no policy of its own. A change is durable when the call, or the
 * transaction of the store around it, returns. Expired locks may be returned until they are
 * deleted. Threads: any.
 */
public interface LockTable {
  /** The locks whose root is that path or an ancestor of it, whatever their depth. */
  List<ActiveLock> above(ResourcePath path);

  /**
   * The locks whose root lies below that path, not at it. They may be many, and come without what
   * their owners wrote: see {@link #owner}.
   */
  List<ActiveLock> below(ResourcePath path);

  /** What the owner of that lock wrote; the empty string where there is no such lock. */
  String owner(ActiveLock lock);

  /** Whether fewer than {@code most} locks that end after that instant are that user's. */
  boolean hasFewer(String principal, long most, Instant now);

  void insert(ActiveLock lock);

  /** Gives the lock of that token the end it has here. */
  void extend(ActiveLock lock);

  void delete(ActiveLock lock);

  /** Deletes the locks whose root is that path or lies below it. */
  void deleteTree(ResourcePath path);

  /** Deletes the locks that ended at or before that instant. */
  void deleteExpired(Instant now);
}
