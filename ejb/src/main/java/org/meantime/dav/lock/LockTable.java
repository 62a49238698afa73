package org.meantime.dav.lock;

import java.time.Instant;
import java.util.List;
import org.meantime.dav.LockToken;
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

  /** What the owner of the lock of that token wrote; the empty string where there is none. */
  String owner(LockToken token);

  /** How many locks that end after that instant are that user's. */
  long count(String principal, Instant now);

  void insert(ActiveLock lock);

  /** Gives the lock of that token the end it has here. */
  void extend(ActiveLock lock);

  void delete(ActiveLock lock);

  /** Deletes the locks whose root is that path or lies below it. */
  void deleteTree(ResourcePath path);

  /** Deletes the locks that ended at or before that instant. */
  void deleteExpired(Instant now);
}
