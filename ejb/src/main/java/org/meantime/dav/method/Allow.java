package org.meantime.dav.method;

import java.util.Optional;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;

/** Which methods a resource allows. */
final class Allow {
  private static final String READ = "OPTIONS, GET, HEAD, PROPFIND";
  private static final String ROOT = READ + ", PROPPATCH, COPY, LOCK, UNLOCK";
  private static final String COLLECTION = ROOT + ", DELETE, MOVE";
  private static final String DOCUMENT = COLLECTION + ", PUT";
  private static final String UNMAPPED = "OPTIONS, PUT, MKCOL, LOCK";

  private Allow() {}

  /** The value of the Allow field (RFC 9110 §10.2.1). */
  static String of(Optional<Resource> resource, RequestHead head) {
    if (resource.isEmpty()) {
      return UNMAPPED;
    }
    if (head.target().isRoot()) {
      return ROOT;
    }
    return resource.get() instanceof CollectionResource ? COLLECTION : DOCUMENT;
  }
}
