package org.meantime.dav.method;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Precondition;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.lock.LockView;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.LiveProperties;
import org.meantime.dav.property.PropertyCollector;
import org.meantime.dav.property.PropertyContext;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.GoneException;
import org.meantime.dav.store.QuotaReporting;
import org.meantime.dav.store.QuotaReporting.Quota;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCount;
import org.meantime.dav.xml.MultistatusWriter;

/** PROPFIND: a walk that sends each member as it comes to it and keeps none. */
final class PropfindMethod implements Method<PropfindRequest> {
  private final Store store;
  private final LockManager locks;
  private final Prologue prologue;
  private final BooleanSupplier infinity;

  PropfindMethod(Store store, LockManager locks, Prologue prologue, BooleanSupplier infinity) {
    this.store = store;
    this.locks = locks;
    this.prologue = prologue;
    this.infinity = infinity;
  }

  @Override
  public void process(PropfindRequest request, Operation operation) {
    boolean[] begun = new boolean[1];
    while (true) {
      try {
        list(prologue.existing(request), request, operation, begun);
        return;
      } catch (GoneException e) {
        if (begun[0]) { // too late for another answer: this one breaks off
          throw e;
        }
      }
    }
  }

  private void list(
      Resource target, PropfindRequest request, Operation operation, boolean[] begun) {
    if (target instanceof CollectionResource
        && request.depth() == Depth.INFINITY
        && !infinity.getAsBoolean()) {
      // RFC 4918 §9.1.1
      throw new DavException(Status.FORBIDDEN, Precondition.PROPFIND_FINITE_DEPTH, List.of());
    }
    operation.underWay();
    if (request.head().client().prefer().progress() && store instanceof TreeCount trees) {
      operation.expect(trees.count(target.path(), request.depth()));
    }
    LockView view =
        LiveProperties.needLocks(request.selection())
            ? locks.view(target.path(), request.depth())
            : LockView.NONE;
    PropertyContext context = new PropertyContext(target, view, this::quota, request.head()::href);
    if (target instanceof CollectionResource && !request.head().slash()) {
      // §5.2: what the URL of the collection really is
      operation.header("Content-Location", request.head().href(target.path(), true));
    }
    PropertyCollector collector = new PropertyCollector(request.selection(), context);
    if (request.depth() == Depth.ZERO) {
      operation.member(target.path());
      byte[] document = MultistatusWriter.document(collector.collect(target));
      WholeXml.send(Status.MULTI_STATUS, document, operation);
    } else {
      TreeWalk.over(
          target,
          new TreeWalk.Visitor() {
            @Override
            public boolean descends(CollectionResource collection) {
              return request.depth() == Depth.INFINITY || collection == target;
            }

            @Override
            public void enter(Resource resource) {
              begun[0] = true;
              operation.member(resource.path());
              operation.member(collector.collect(resource));
            }
          });
    }
  }

  private Optional<Quota> quota(ResourcePath path) {
    return store instanceof QuotaReporting quotas
        ? Optional.of(quotas.quota(path))
        : Optional.empty();
  }
}
