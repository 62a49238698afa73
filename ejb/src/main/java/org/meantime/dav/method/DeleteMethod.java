package org.meantime.dav.method;

import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeDelete;

/** DELETE, of a document or of a collection with everything below it. */
final class DeleteMethod implements Method<DeleteRequest> {
  private final Store store;
  private final LockManager locks;
  private final Prologue prologue;

  DeleteMethod(Store store, LockManager locks, Prologue prologue) {
    this.store = store;
    this.locks = locks;
    this.prologue = prologue;
  }

  @Override
  public void process(DeleteRequest request, Operation operation) {
    Prologue.requireNotRoot(request.head().target());
    if (store instanceof TreeDelete tree) {
      store.transaction(
          () -> {
            ResourcePath target = begin(request, operation).path();
            tree.deleteTree(target);
            locks.releaseTree(target);
            return null;
          });
    } else {
      new MemberwiseTree(store, locks, operation).delete(begin(request, operation));
    }
    operation.send(Status.NO_CONTENT);
  }

  private Resource begin(DeleteRequest request, Operation operation) {
    Resource target = prologue.existing(request);
    operation.underWay();
    return target;
  }
}
