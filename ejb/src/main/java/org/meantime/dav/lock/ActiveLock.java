package org.meantime.dav.lock;

import java.time.Instant;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;

/**
 * A write lock that was granted.
 *
 * @param token the token that names it
 * @param root the lock root (RFC 4918 §9.10.1)
 * @param depth zero, or infinity where the members of the root are locked too
 * @param owner the {@code DAV:owner} element the client gave, as XML that stands on its own, or the
 *     empty string
 * @param principal the user who may use the token
 * @param expires when it ends by itself
 */
public record ActiveLock(
    LockToken token,
    ResourcePath root,
    LockScope scope,
    Depth depth,
    String owner,
    String principal,
    Instant expires) {

  /** True where the resource at that path is locked by this lock, directly or indirectly. */
  public boolean covers(ResourcePath path) {
    return root.equals(path) || depth == Depth.INFINITY && root.contains(path);
  }

  /** The same lock without what its owner wrote. */
  public ActiveLock withoutOwner() {
    return new ActiveLock(token, root, scope, depth, "", principal, expires);
  }

  /** The same lock with another end. */
  public ActiveLock until(Instant end) {
    return new ActiveLock(token, root, scope, depth, owner, principal, end);
  }
}
