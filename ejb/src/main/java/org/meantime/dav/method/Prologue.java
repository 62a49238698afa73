package org.meantime.dav.method;

import java.util.Optional;
import java.util.function.Supplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;

/**
 * What is checked before any method acts, once for all of them: that the target is there, the
 * conditions of RFC 9110, the If header, the locks. A method that changes something checks twice:
 * first, so that what is refused is refused at once; and again inside the transaction that makes
 * the change, so that what was checked is what is changed.
 */
final class Prologue {
  private final Store store;
  private final Conditionals conditionals;
  private final LockCheck lockCheck;

  Prologue(Store store, LockManager locks) {
    this.store = store;
    this.conditionals = new Conditionals(store, locks);
    this.lockCheck = new LockCheck(store, locks);
  }

  /**
   * Makes the change of a request that was checked, and so is under way: {@code step} checks again,
   * now that nobody else writes, and changes. All of it is undone where the operation was stopped
   * meanwhile.
   */
  <T> T change(Operation operation, Supplier<T> step) {
    operation.underWay(); // the turn to write may be long in coming
    T made =
        store.transaction(
            () -> {
              T result = step.get();
              operation.decide();
              return result;
            });
    operation.made();
    return made;
  }

  /**
   * The second check where there is no one transaction, but one for each of many steps.
   *
   * @param whole the first check, again
   */
  StepCheck stepByStep(DavRequest request, Runnable whole) {
    return new StepCheck(request, whole, conditionals, lockCheck);
  }

  /** Checks a request about a resource that must be there, and returns it. */
  Resource existing(DavRequest request) {
    Resource target =
        find(request.head())
            .orElseThrow(() -> new DavException(Status.NOT_FOUND, "nothing is there"));
    check(request, Optional.of(target));
    return target;
  }

  /** Checks a request that may create its target, and returns what is there already. */
  Optional<Resource> creatable(DavRequest request) {
    Optional<Resource> target = store.find(request.head().target());
    if (target.isEmpty()) {
      requireNew(request.head().target());
    }
    check(request, target);
    return target;
  }

  /**
   * The paths of a request are spelt as the store spells them. If a name has come since then that
   * is equivalent to the one about to come, the request is to be read again.
   */
  private void requireNew(ResourcePath path) {
    if (!store.spelling(path).equals(path)) {
      throw new DavException(
          Status.SERVICE_UNAVAILABLE, "the name was taken meanwhile, in another spelling");
    }
  }

  private void check(DavRequest request, Optional<Resource> target) {
    conditionals.check(request, target);
    lockCheck.check(request, target);
  }

  private Optional<Resource> find(RequestHead head) {
    Optional<Resource> found = store.find(head.target());
    // a URL with a slash at the end names a collection (RFC 4918 §5.2)
    return head.slash() ? found.filter(it -> !(it instanceof DocumentResource)) : found;
  }

  /** The parent must be a collection (RFC 4918 §9.3.1, §9.7.1, §9.8.5, §9.9.4: 409). */
  void requireParent(ResourcePath path) {
    Optional<Resource> parent = store.find(path.parent());
    if (parent.isEmpty()) {
      throw new DavException(
          Status.CONFLICT, "the collection it is to be in does not exist: make that first");
    }
    if (!(parent.get() instanceof CollectionResource)) {
      throw new DavException(
          Status.CONFLICT, "what it is to be in is a document, not a collection");
    }
  }

  /** Checks that a request that writes nothing else may add a member to that collection. */
  void requireMayAddMember(DavRequest request, ResourcePath collection) {
    requireParent(request.head().target());
    lockCheck.checkMembership(request, collection);
  }

  /**
   * The destination of a COPY or MOVE (RFC 4918 §9.8, §9.9): not the source nor a tree the source
   * is part of, its parent there, and free unless it may be overwritten. True where it is taken.
   */
  boolean requireDestination(ResourcePath source, ResourcePath destination, boolean overwrite) {
    if (destination.contains(source)) {
      throw new DavException(Status.FORBIDDEN, "the destination is the source or contains it");
    }
    requireParent(destination);
    boolean taken = store.find(destination).isPresent();
    if (!taken) {
      requireNew(destination);
    } else if (!overwrite) {
      throw new DavException(Status.PRECONDITION_FAILED, "something is at the destination");
    }
    return taken;
  }

  /** Whether a collection is there; neither a document nor nothing. */
  static boolean isCollection(Store store, ResourcePath path) {
    return store.find(path).orElse(null) instanceof CollectionResource;
  }

  /** A URL with a slash at the end names no document (RFC 4918 §5.2). */
  static void requireDocumentUrl(RequestHead head) {
    if (head.slash()) {
      throw new DavException(Status.CONFLICT, "a URL with a slash at the end names a collection");
    }
  }

  /**
   * RFC 4918 §9.6.1, §9.9.2: a client MUST NOT say another depth than infinity of a collection that
   * it deletes or moves. Who does, does not expect a tree to go; of a document any means the same.
   */
  static void requireWhole(Resource target, Depth depth) {
    if (target instanceof CollectionResource && depth != Depth.INFINITY) {
      throw DavException.badRequest("a collection goes as a whole: its Depth is infinity");
    }
  }

  /** The root of the store can be neither deleted nor moved nor replaced. */
  static void requireNotRoot(ResourcePath path) {
    if (path.isRoot()) {
      throw new DavException(Status.FORBIDDEN, "the root stays where it is");
    }
  }
}
