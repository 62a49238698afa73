package org.meantime.dav.request;

import java.util.List;

/** MKCOL (RFC 4918 §9.3); one with a body was refused with 415. */
public record MkcolRequest(RequestHead head) implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.resource(head.target()));
  }
}
