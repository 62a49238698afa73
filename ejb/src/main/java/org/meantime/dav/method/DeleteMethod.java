package org.meantime.dav.method;

import org.meantime.dav.Depth;
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
    Resource target = check(request);
    operation.underWay();
    if (store instanceof TreeDelete trees) {
      operation.expect(1);
      prologue.change(
          operation,
          () -> {
            trees.deleteTree(check(request).path());
            locks.releaseTree(target.path());
            operation.member(target.path());
            return null;
          });
    } else {
      StepCheck check = prologue.stepByStep(request, () -> check(request));
      MemberwiseTree members = new MemberwiseTree(store, locks, operation, check);
      members.begin(target, Depth.INFINITY);
      members.delete(target);
    }
    operation.send(Status.NO_CONTENT);
  }

  private Resource check(DeleteRequest request) {
    Resource target = prologue.existing(request);
    Prologue.requireWhole(target, request.depth());
    return target;
  }
}
