package org.meantime.dav.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;

/**
 * MOVE (RFC 4918 §9.9); of a collection, always all of it, and so of depth infinity only.
 *
 * @param modified as in {@link PutRequest}, of the resource at the destination
 */
public record MoveRequest(
    RequestHead head,
    ResourcePath destination,
    Depth depth,
    boolean overwrite,
    Optional<Instant> modified)
    implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.tree(head.target()), Scope.tree(destination));
  }

  @Override
  public Optional<DavRequest> twin() {
    return Optional.of(
        new MoveRequest(head.ofAnyClient(), destination, depth, overwrite, modified));
  }

  @Override
  public boolean mayTakeLong() {
    return true;
  }
}
