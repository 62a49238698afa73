package org.meantime.dav.method;

import jakarta.ejb.Stateless;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.DavRequest;

/** Stub: replaced at the merge. */
@Stateless
public class Processor {
  /** Answers. */
  public void process(DavRequest request, Operation operation) {
    operation.send(Status.NO_CONTENT);
  }
}
