package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/** A store that knows how much room is used and left (RFC 4331). */
public interface QuotaReporting {
  /** What counts against the quota that governs that collection. */
  Quota quota(ResourcePath collection);

  /**
   * @param usedBytes the bytes used
   * @param availableBytes the bytes that can still be stored
   */
  record Quota(long usedBytes, long availableBytes) {}
}
