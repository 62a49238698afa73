package org.meantime.dav.method;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.meantime.dav.DavException;
import org.meantime.dav.LockToken;
import org.meantime.dav.Precondition;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.method.PartialFailure.Failure;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.Scope;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;

/** Whether a request may write where it writes, for all the locks there (RFC 4918 §7). */
final class LockCheck {
  private final Store store;
  private final LockManager locks;

  LockCheck(Store store, LockManager locks) {
    this.store = store;
    this.locks = locks;
  }

  /**
   * Throws 423 where a lock that protects a place the request writes to was not submitted by its
   * owner, and a {@link PartialFailure} where only locks of members stand in the way.
   *
   * @param target what is at the target of the request
   */
  void check(DavRequest request, Optional<Resource> target) {
    if (request.writes().isEmpty()) {
      return;
    }
    Keys keys = new Keys(request);
    for (Scope scope : request.writes()) {
      boolean isTarget = scope.path().equals(request.head().target());
      requireUnlocked(scope, keys, () -> isTarget ? target : store.find(scope.path()));
    }
    for (Scope scope : request.writes()) {
      requireMembersUnlocked(scope, keys);
    }
  }

  /** Throws 423 where a lock protects that one resource, which is about to come or go. */
  void checkStep(DavRequest request, ResourcePath path) {
    requireUnlocked(Scope.tree(path), new Keys(request), Optional::empty);
  }

  /** Throws 423 where the collection is locked: a member is about to come (§7.4). */
  void checkMembership(DavRequest request, ResourcePath collection) {
    Set<ResourcePath> closed = new Keys(request).missing(locks.covering(collection));
    if (!closed.isEmpty()) {
      throw locked(closed);
    }
  }

  private void requireUnlocked(Scope scope, Keys keys, Supplier<Optional<Resource>> there) {
    ResourcePath path = scope.path();
    Set<ResourcePath> closed = new LinkedHashSet<>(keys.missing(locks.covering(path)));
    if (!path.isRoot() && (scope.tree() || there.get().isEmpty())) {
      // §7.4: a member comes or goes, which changes its collection
      closed.addAll(keys.missing(locks.covering(path.parent())));
    }
    if (!closed.isEmpty()) {
      throw locked(closed);
    }
  }

  /** §9.6.1, §9.9.2: a member that is locked is told of by a 207. */
  private void requireMembersUnlocked(Scope scope, Keys keys) {
    if (!scope.tree()) {
      return;
    }
    Set<ResourcePath> closed = keys.missing(locks.below(scope.path()));
    if (!closed.isEmpty()) {
      throw new PartialFailure(closed.stream().map(this::lockedMember).toList());
    }
  }

  private Failure lockedMember(ResourcePath root) {
    return new Failure(root, Prologue.isCollection(store, root), locked(Set.of(root)));
  }

  private DavException locked(Set<ResourcePath> roots) {
    List<String> hrefs =
        roots.stream().map(root -> root.toString(Prologue.isCollection(store, root))).toList();
    return new DavException(Status.LOCKED, Precondition.LOCK_TOKEN_SUBMITTED, hrefs);
  }

  /** The lock tokens a request submits, in the hand of its caller. */
  private record Keys(Set<LockToken> submitted, String caller) {
    Keys(DavRequest request) {
      this(
          request.head().conditions().ifHeader().submittedTokens(), request.head().caller().name());
    }

    /**
     * The roots of the locks this request has no right to pass: an exclusive one needs its token,
     * of shared ones on the same root any one token will do (§6.2). A token is of use only to the
     * user it was given to (§6.4).
     */
    Set<ResourcePath> missing(List<ActiveLock> there) {
      Set<ResourcePath> open = new HashSet<>();
      for (ActiveLock lock : there) {
        if (lock.scope() == LockScope.SHARED && opens(lock)) {
          open.add(lock.root());
        }
      }
      Set<ResourcePath> closed = new LinkedHashSet<>();
      for (ActiveLock lock : there) {
        if (!opens(lock) && !open.contains(lock.root())) {
          closed.add(lock.root());
        }
      }
      return closed;
    }

    private boolean opens(ActiveLock lock) {
      return submitted.contains(lock.token()) && lock.principal().equals(caller);
    }
  }
}
