package org.meantime.dav.method;

import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.DavRequest;

/** What one method means. Shared by all threads. */
interface Method<R extends DavRequest> {
  /** Executes the request and replies, or throws what the reply is to be. */
  void process(R request, Operation operation);
}
