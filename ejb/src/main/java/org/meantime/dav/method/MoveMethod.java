package org.meantime.dav.method;

import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeMove;

/** MOVE; in one step where the store can. */
final class MoveMethod implements Method<MoveRequest> {
  private final Store store;
  private final LockManager locks;
  private final Prologue prologue;
  private final PathLimits limits;

  MoveMethod(Store store, LockManager locks, Prologue prologue, PathLimits limits) {
    this.store = store;
    this.locks = locks;
    this.prologue = prologue;
    this.limits = limits;
  }

  @Override
  public void process(MoveRequest request, Operation operation) {
    Prologue.requireNotRoot(request.head().target());
    Resource source = requireSource(request);
    requireDestination(request);
    operation.underWay();
    limits.requireShort(source, request.destination(), operation);
    StepCheck check = prologue.stepByStep(request, () -> check(request));
    MemberwiseTree members = new MemberwiseTree(store, locks, operation, check);
    boolean replaced;
    if (store instanceof TreeMove trees) {
      operation.expect(1);
      replaced = prologue.change(operation, () -> moveTree(request, trees, members, operation));
    } else {
      members.begin(source, Depth.INFINITY);
      replaced = members.move(source, request.destination(), request.head().caller().name());
    }
    operation.send(replaced ? Status.NO_CONTENT : Status.CREATED);
  }

  private boolean moveTree(
      MoveRequest request, TreeMove trees, MemberwiseTree members, Operation operation) {
    ResourcePath source = requireSource(request).path();
    boolean taken = requireDestination(request);
    members.clear(request.destination());
    trees.move(source, request.destination());
    MtimeField.accept(store, request.destination(), request.modified(), operation);
    locks.releaseTree(source); // RFC 4918 §7.6: a lock does not move with its resource
    operation.member(source);
    return taken;
  }

  private void check(MoveRequest request) {
    requireSource(request);
    requireDestination(request);
  }

  private Resource requireSource(MoveRequest request) {
    Resource source = prologue.existing(request);
    Prologue.requireWhole(source, request.depth());
    return source;
  }

  private boolean requireDestination(MoveRequest request) {
    ResourcePath source = request.head().target();
    if (source.contains(request.destination())) {
      throw new DavException(Status.FORBIDDEN, "a tree cannot be moved into itself");
    }
    return prologue.requireDestination(source, request.destination(), request.overwrite());
  }
}
