package org.meantime.dav.request;

import java.util.List;
import org.meantime.dav.PropertyUpdate;

/** PROPPATCH (RFC 4918 §9.2): the updates in document order, none where the client names none. */
public record ProppatchRequest(RequestHead head, List<PropertyUpdate> updates)
    implements DavRequest {
  @Override
  public List<Scope> writes() {
    return List.of(Scope.resource(head.target()));
  }
}
