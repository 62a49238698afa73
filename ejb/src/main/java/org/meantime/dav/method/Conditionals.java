package org.meantime.dav.method;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.IfHeader.ConditionList;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.property.LiveProperties;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;

/** Conditional requests: RFC 9110 §13, and the If header of RFC 4918 §10.4. */
final class Conditionals {
  private final Store store;
  private final LockManager locks;

  Conditionals(Store store, LockManager locks) {
    this.store = store;
    this.locks = locks;
  }

  /** Throws 412 where the conditions of a request do not hold for its target. */
  void check(DavRequest request, Optional<Resource> target) {
    Conditions conditions = request.head().conditions();
    requireUnchanged(conditions, target);
    if (!(request instanceof GetRequest)) {
      // step 3; for GET and HEAD it is a 304, see isNotModified
      conditions.ifNoneMatch().ifPresent(tags -> require(!matchesWeakly(tags, target)));
    }
    requireIfHeader(request.head(), target);
  }

  /** RFC 9110 §13.2.2, steps 1 and 2. */
  private static void requireUnchanged(Conditions conditions, Optional<Resource> target) {
    if (conditions.ifMatch().isPresent()) {
      TagList wanted = conditions.ifMatch().get();
      require(
          wanted.any()
              ? target.isPresent()
              : entityTag(target).filter(tag -> matchesStrongly(wanted, tag)).isPresent());
    } else if (conditions.ifUnmodifiedSince().isPresent()) {
      Instant since = conditions.ifUnmodifiedSince().get();
      require(target.isPresent() && !modified(target.get()).isAfter(since));
    }
  }

  /** Steps 3 and 4 for GET and HEAD: true where the client has what it would get. */
  static boolean isNotModified(Conditions conditions, Resource target) {
    if (conditions.ifNoneMatch().isPresent()) {
      return matchesWeakly(conditions.ifNoneMatch().get(), Optional.of(target));
    }
    return conditions
        .ifModifiedSince()
        .filter(since -> !modified(target).isAfter(since))
        .isPresent();
  }

  /** If-Range (RFC 9110 §13.1.5): a strong tag that matches, or the very date of modification. */
  static boolean isSame(String ifRange, DocumentResource document) {
    String field = ifRange.strip();
    return field.endsWith("\"")
        ? EntityTag.parse(field).matchesStrongly(document.entityTag())
        : field.equals(LiveProperties.httpDate(document.modified()));
  }

  /** RFC 4918 §10.4.1: true where any list holds of the resource it is about. */
  private void requireIfHeader(RequestHead head, Optional<Resource> target) {
    IfHeader header = head.conditions().ifHeader();
    if (header.lists().isEmpty()) {
      return;
    }
    for (ConditionList list : header.lists()) {
      if (list.resource().isEmpty()) {
        if (holds(list, target, head.target())) {
          return;
        }
      } else {
        ResourcePath tagged = head.conditions().tagged().get(list.resource());
        if (tagged != null && holds(list, store.find(tagged), tagged)) {
          return;
        }
      }
    }
    require(false);
  }

  private boolean holds(ConditionList list, Optional<Resource> resource, ResourcePath path) {
    List<ActiveLock> covering = locks.covering(path);
    return list.conditions().stream()
        .allMatch(
            condition -> {
              boolean is =
                  condition instanceof IfHeader.StateToken token
                      ? covering.stream().anyMatch(lock -> lock.token().uri().equals(token.uri()))
                      : entityTag(resource)
                          .filter(((IfHeader.Tag) condition).entityTag()::matchesStrongly)
                          .isPresent();
              return is != condition.negated();
            });
  }

  static Optional<EntityTag> entityTag(Optional<Resource> resource) {
    return resource
        .filter(DocumentResource.class::isInstance)
        .map(it -> ((DocumentResource) it).entityTag());
  }

  /** As precise as an HTTP date. */
  private static Instant modified(Resource resource) {
    return resource.modified().truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean matchesStrongly(TagList list, EntityTag tag) {
    return list.tags().stream().anyMatch(tag::matchesStrongly);
  }

  private static boolean matchesWeakly(TagList list, Optional<Resource> target) {
    return list.any()
        ? target.isPresent()
        : entityTag(target)
            .filter(tag -> list.tags().stream().anyMatch(tag::matchesWeakly))
            .isPresent();
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new DavException(Status.PRECONDITION_FAILED, "a condition of the request is not met");
    }
  }
}
