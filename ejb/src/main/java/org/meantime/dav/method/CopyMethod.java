package org.meantime.dav.method;

import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCopy;

/** COPY: of a tree, out of sight first where the store can, then shown in one step. */
final class CopyMethod implements Method<CopyRequest> {
  private final Store store;
  private final LockManager locks;
  private final Prologue prologue;
  private final PathLimits limits;

  CopyMethod(Store store, LockManager locks, Prologue prologue, PathLimits limits) {
    this.store = store;
    this.locks = locks;
    this.prologue = prologue;
    this.limits = limits;
  }

  @Override
  public void process(CopyRequest request, Operation operation) {
    Resource source = prologue.existing(request);
    requireDestination(request);
    operation.underWay();
    Depth depth = source instanceof DocumentResource ? Depth.ZERO : request.depth();
    if (depth == Depth.INFINITY) {
      limits.requireShort(source, request.destination(), operation);
    }
    StepCheck check = prologue.stepByStep(request, () -> checkAgain(request));
    MemberwiseTree members = new MemberwiseTree(store, locks, operation, check);
    String creator = request.head().caller().name();
    boolean replaced;
    if (store instanceof TreeCopy trees) {
      try (StagedTree staged = trees.stage(source.path(), depth, creator, operation)) {
        replaced = prologue.change(operation, () -> attach(request, staged, members, operation));
      }
    } else {
      members.begin(source, depth);
      replaced = members.copy(source, request.destination(), depth, creator);
    }
    operation.send(replaced ? Status.NO_CONTENT : Status.CREATED);
  }

  private boolean attach(
      CopyRequest request, StagedTree staged, MemberwiseTree members, Operation operation) {
    boolean taken = checkAgain(request);
    members.clear(request.destination());
    staged.attach(request.destination());
    MtimeField.accept(store, request.destination(), request.modified(), operation);
    return taken;
  }

  /** The source is copied as it was; all else must still hold. */
  private boolean checkAgain(CopyRequest request) {
    prologue.creatable(request);
    return requireDestination(request);
  }

  private boolean requireDestination(CopyRequest request) {
    ResourcePath source = request.head().target();
    if (request.depth() == Depth.INFINITY && source.contains(request.destination())) {
      throw new DavException(Status.FORBIDDEN, "a tree cannot be copied into itself");
    }
    return prologue.requireDestination(source, request.destination(), request.overwrite());
  }
}
