package org.meantime.dav.lock;

import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;

/**
 * A lock to be granted.
 *
 * @param owner the {@code DAV:owner} element as XML that stands on its own, or the empty string
 * @param principal the user who may use its token
 */
public record LockProposal(
    ResourcePath root, LockScope scope, Depth depth, String owner, String principal) {}
