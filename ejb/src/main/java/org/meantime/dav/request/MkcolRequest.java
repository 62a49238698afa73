package org.meantime.dav.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * MKCOL (RFC 4918 §9.3); one with a body was refused with 415.
 *
 * @param modified as in {@link PutRequest}
 */
public record MkcolRequest(RequestHead head, Optional<Instant> modified) implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.resource(head.target()));
  }
}
