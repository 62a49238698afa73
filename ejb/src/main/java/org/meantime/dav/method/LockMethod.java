package org.meantime.dav.method;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.meantime.dav.DavException;
import org.meantime.dav.LockToken;
import org.meantime.dav.Precondition;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;
import org.meantime.dav.Timeout;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.lock.LockProposal;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.method.PartialFailure.Failure;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.Locks;
import org.meantime.dav.request.LockRequest;
import org.meantime.dav.request.LockRequest.LockInfo;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Upload;
import org.meantime.dav.xml.DavXml;
import org.meantime.dav.xml.Lockdiscovery;
import org.meantime.dav.xml.Prop;

/** LOCK: a new lock, also on a URL where nothing is, or the refresh of one. */
final class LockMethod implements Method<LockRequest> {
  private final Store store;
  private final LockManager locks;
  private final Prologue prologue;

  LockMethod(Store store, LockManager locks, Prologue prologue) {
    this.store = store;
    this.locks = locks;
    this.prologue = prologue;
  }

  @Override
  public void process(LockRequest request, Operation operation) {
    if (request.lockinfo().isEmpty()) {
      requireRefreshable(request);
      Timeout timeout = request.timeout().orElse(Timeout.INFINITE);
      ActiveLock lock =
          prologue.change(operation, () -> locks.refresh(requireRefreshable(request), timeout));
      reply(lock, Status.OK, request, operation);
      return;
    }
    LockInfo lockinfo = request.lockinfo().get();
    requireGrantable(request, lockinfo);
    boolean[] created = new boolean[1];
    ActiveLock lock =
        prologue.change(
            operation,
            () -> {
              created[0] = requireGrantable(request, lockinfo).isEmpty();
              if (created[0]) {
                createEmpty(request);
              }
              return grant(request, lockinfo);
            });
    operation.header("Lock-Token", lock.token().toString());
    reply(lock, created[0] ? Status.CREATED : Status.OK, request, operation);
  }

  /** RFC 4918 §9.10.2: the one lock whose token the If header submits, on this resource. */
  private ActiveLock requireRefreshable(LockRequest request) {
    ResourcePath target = prologue.existing(request).path();
    Set<LockToken> submitted = request.head().conditions().ifHeader().submittedTokens();
    if (submitted.isEmpty()) {
      throw DavException.badRequest(
          "a LOCK without content refreshes the lock the If header names");
    }
    ActiveLock lock =
        locks.covering(target).stream()
            .filter(it -> submitted.contains(it.token()))
            .findFirst()
            .orElseThrow(
                () ->
                    new DavException(
                        Status.PRECONDITION_FAILED,
                        Precondition.LOCK_TOKEN_MATCHES_REQUEST_URI,
                        List.of()));
    if (!lock.principal().equals(request.head().caller().name())) {
      throw new DavException(Status.FORBIDDEN, "the lock is another user's");
    }
    return lock;
  }

  private Optional<Resource> requireGrantable(LockRequest request, LockInfo lockinfo) {
    Optional<Resource> target = prologue.creatable(request);
    ResourcePath root = request.head().target();
    if (target.isEmpty()) {
      prologue.requireMayAddMember(request, root.parent());
    }
    if (!(target.orElse(null) instanceof CollectionResource)) {
      Prologue.requireDocumentUrl(request.head());
    }
    requireNoConflict(root, locks.conflicting(root, scope(lockinfo), request.depth()));
    locks.requireRoom(proposal(request, lockinfo));
    return target;
  }

  private void requireNoConflict(ResourcePath root, List<ActiveLock> conflicting) {
    List<String> here = new ArrayList<>();
    List<Failure> members = new ArrayList<>();
    for (ActiveLock lock : conflicting) {
      boolean collection = Prologue.isCollection(store, lock.root());
      String href = lock.root().toString(collection);
      if (lock.root().contains(root)) {
        here.add(href);
      } else {
        members.add(new Failure(lock.root(), collection, conflict(List.of(href))));
      }
    }
    if (!here.isEmpty()) {
      throw conflict(here);
    }
    if (!members.isEmpty()) {
      // §9.10.9: the target itself is told of too, as what could not be locked because of others
      members.add(
          new Failure(
              root, true, new DavException(Status.FAILED_DEPENDENCY, "a member is locked")));
      throw new PartialFailure(members);
    }
  }

  private static DavException conflict(List<String> hrefs) {
    return new DavException(Status.LOCKED, Precondition.NO_CONFLICTING_LOCK, hrefs);
  }

  /** §7.3: locking a URL where nothing is creates an empty resource there. */
  private void createEmpty(LockRequest request) {
    try (Upload nothing = store.receive(InputStream.nullInputStream(), Progress.NONE)) {
      DocumentInfo info = new DocumentInfo("", "", request.head().caller().name());
      store.put(request.head().target(), nothing, info);
    } catch (IOException e) {
      throw new StorageException("the store cannot take nothing", e);
    }
  }

  private ActiveLock grant(LockRequest request, LockInfo lockinfo) {
    return locks.grant(proposal(request, lockinfo), request.timeout().orElse(Timeout.INFINITE));
  }

  private static LockProposal proposal(LockRequest request, LockInfo lockinfo) {
    return new LockProposal(
        request.head().target(),
        scope(lockinfo),
        request.depth(),
        lockinfo.owner(),
        request.head().caller().name());
  }

  private static LockScope scope(LockInfo lockinfo) {
    return lockinfo.exclusive() ? LockScope.EXCLUSIVE : LockScope.SHARED;
  }

  private void reply(ActiveLock lock, Status status, LockRequest request, Operation operation) {
    String root = request.head().href(lock.root(), Prologue.isCollection(store, lock.root()));
    Lockdiscovery discovery =
        new Lockdiscovery(List.of(Locks.describe(lock, locks.remaining(lock), root)));
    WholeXml.send(status, DavXml.document(new Prop(List.of(discovery))), operation);
  }
}
