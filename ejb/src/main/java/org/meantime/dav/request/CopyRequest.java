package org.meantime.dav.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;

/**
 * COPY (RFC 4918 §9.8).
 *
 * @param modified as in {@link PutRequest}, of the resource at the destination
 */
public record CopyRequest(
    RequestHead head,
    ResourcePath destination,
    Depth depth,
    boolean overwrite,
    Optional<Instant> modified)
    implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.tree(destination));
  }

  @Override
  public Optional<DavRequest> twin() {
    return Optional.of(
        new CopyRequest(head.ofAnyClient(), destination, depth, overwrite, modified));
  }

  @Override
  public boolean mayTakeLong() {
    return true;
  }
}
