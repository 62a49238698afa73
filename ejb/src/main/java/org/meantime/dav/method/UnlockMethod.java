package org.meantime.dav.method;

import java.util.List;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.UnlockRequest;

/** UNLOCK, by the owner of the lock or an administrator. */
final class UnlockMethod implements Method<UnlockRequest> {
  private final LockManager locks;
  private final Prologue prologue;

  UnlockMethod(LockManager locks, Prologue prologue) {
    this.locks = locks;
    this.prologue = prologue;
  }

  @Override
  public void process(UnlockRequest request, Operation operation) {
    requireLock(request);
    prologue.change(
        operation,
        () -> {
          locks.release(requireLock(request));
          return null;
        });
    operation.send(Status.NO_CONTENT);
  }

  private ActiveLock requireLock(UnlockRequest request) {
    ResourcePath target = prologue.existing(request).path();
    ActiveLock lock =
        locks.covering(target).stream()
            .filter(it -> it.token().equals(request.token()))
            .findFirst()
            .orElseThrow(
                () ->
                    // RFC 4918 §9.11.1
                    new DavException(
                        Status.CONFLICT, Precondition.LOCK_TOKEN_MATCHES_REQUEST_URI, List.of()));
    Caller caller = request.head().caller();
    if (!caller.admin() && !lock.principal().equals(caller.name())) {
      throw new DavException(Status.FORBIDDEN, "the lock is another user's");
    }
    return lock;
  }
}
