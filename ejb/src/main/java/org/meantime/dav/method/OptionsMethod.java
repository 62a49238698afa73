package org.meantime.dav.method;

import org.meantime.dav.ComplianceClasses;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.OptionsRequest;
import org.meantime.dav.store.Store;

/** OPTIONS: also of a URL where nothing is, which may be created. */
final class OptionsMethod implements Method<OptionsRequest> {
  private final Store store;

  OptionsMethod(Store store) {
    this.store = store;
  }

  @Override
  public void process(OptionsRequest request, Operation operation) {
    // RFC 4918 §10.1, §18
    operation.header("DAV", ComplianceClasses.FIELD);
    operation.header("Allow", Allow.of(store.find(request.head().target()), request.head()));
    operation.header("Accept-Ranges", "bytes");
    operation.header("MS-Author-Via", "DAV"); // Windows and Office open a folder only with it
    operation.header("Content-Length", "0");
    operation.send(Status.OK);
  }
}
