package org.meantime.dav.method;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.IfHeader.ConditionList;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
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
    Map<String, Optional<State>> states = new HashMap<>();
    states.put("", Optional.of(state(target, head.target())));
    for (ConditionList list : header.lists()) {
      Optional<State> state =
          states.computeIfAbsent(list.resource(), tag -> state(tag, head.conditions()));
      if (state.filter(it -> it.satisfies(list)).isPresent()) {
        return;
      }
    }
    require(false);
  }

  /** What the conditions of an If header are about: looked up once, however many there are. */
  private record State(Optional<EntityTag> entityTag, Set<LockToken> tokens) {
    boolean satisfies(ConditionList list) {
      return list.conditions().stream().allMatch(it -> has(it) != it.negated());
    }

    private boolean has(IfHeader.Condition condition) {
      return condition instanceof IfHeader.StateToken token
          ? tokens.contains(new LockToken(token.uri()))
          : entityTag.filter(((IfHeader.Tag) condition).entityTag()::matchesStrongly).isPresent();
    }
  }

  /** Empty for the resource of another server. */
  private Optional<State> state(String tag, Conditions conditions) {
    return Optional.ofNullable(conditions.tagged().get(tag))
        .map(path -> state(store.find(path), path));
  }

  private State state(Optional<Resource> resource, ResourcePath path) {
    Set<LockToken> tokens = new HashSet<>();
    locks.covering(path).forEach(lock -> tokens.add(lock.token()));
    return new State(entityTag(resource), tokens);
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
