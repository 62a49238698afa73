package org.meantime.dav.request;

import java.util.List;
import java.util.Optional;
import org.meantime.dav.Depth;
import org.meantime.dav.Timeout;

/**
 * LOCK (RFC 4918 §9.10): a new lock, or without {@code lockinfo} the refresh of the one lock whose
 * token the If header submits.
 *
 * @param timeout the timeout asked for, where there was one
 */
public record LockRequest(
    RequestHead head, Depth depth, Optional<Timeout> timeout, Optional<LockInfo> lockinfo)
    implements DavRequest {

  /**
   * What a new lock is to be.
   *
   * @param owner the {@code DAV:owner} element as XML that stands on its own, or the empty string
   */
  public record LockInfo(boolean exclusive, String owner) {}

  /** A new lock protects, and needs no token for, what is there; creating a resource does. */
  @Override
  public List<Scope> writes() {
    return List.of();
  }
}
