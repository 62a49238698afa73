package org.meantime.dav.method;

import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.store.Store;

/** MKCOL. */
final class MkcolMethod implements Method<MkcolRequest> {
  private final Store store;
  private final Prologue prologue;

  MkcolMethod(Store store, Prologue prologue) {
    this.store = store;
    this.prologue = prologue;
  }

  @Override
  public void process(MkcolRequest request, Operation operation) {
    check(request);
    ResourcePath target = request.head().target();
    prologue.change(
        operation,
        () -> {
          check(request);
          store.createCollection(target, request.head().caller().name());
          MtimeField.accept(store, target, request.modified(), operation);
          return null;
        });
    operation.send(Status.CREATED);
  }

  private void check(MkcolRequest request) {
    if (prologue.creatable(request).isPresent()) {
      // RFC 4918 §9.3.1
      throw new DavException(Status.METHOD_NOT_ALLOWED, "something is there already");
    }
    prologue.requireParent(request.head().target());
  }
}
