package org.meantime.dav.request;

import java.util.List;
import java.util.Optional;
import org.meantime.dav.Depth;

/** DELETE (RFC 4918 §9.6); of a collection, always all of it, and so of depth infinity only. */
public record DeleteRequest(RequestHead head, Depth depth) implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.tree(head.target()));
  }

  @Override
  public Optional<DavRequest> twin() {
    return Optional.of(new DeleteRequest(head.ofAnyClient(), depth));
  }

  @Override
  public boolean mayTakeLong() {
    return true;
  }
}
