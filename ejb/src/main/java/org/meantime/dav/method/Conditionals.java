package org.meantime.dav.method;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meantime.dav.Dates;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.IfHeader.ConditionList;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
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
    if (!conditions.ifHeader().lists().isEmpty()) {
      Map<ResourcePath, State> states = new HashMap<>();
      states.put(request.head().target(), state(target, request.head().target()));
      requireIfHeader(request.head(), states);
    }
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
      require(target.filter(it -> isUnmodified(it, since)).isPresent());
    }
  }

  /** Steps 3 and 4 for GET and HEAD: true where the client has what it would get. */
  static boolean isNotModified(Conditions conditions, Resource target) {
    if (conditions.ifNoneMatch().isPresent()) {
      return matchesWeakly(conditions.ifNoneMatch().get(), Optional.of(target));
    }
    return conditions.ifModifiedSince().filter(since -> isUnmodified(target, since)).isPresent();
  }

  /** If-Range (RFC 9110 §13.1.5): a strong tag that matches, or the very date of modification. */
  static boolean isSame(String ifRange, DocumentResource document) {
    String field = ifRange.strip();
    return field.endsWith("\"")
        ? EntityTag.find(field).filter(document.entityTag()::matchesStrongly).isPresent()
        : isDatedByServer(document) && field.equals(Dates.http(document.modified()));
  }

  /**
   * The If header again, when the request has changed something itself.
   *
   * @param own what it has changed, as it was before
   */
  void checkAgain(RequestHead head, Map<ResourcePath, State> own) {
    requireIfHeader(head, new HashMap<>(own));
  }

  /** Adds to {@code own} what the If header is about and the request is about to change. */
  void remember(RequestHead head, List<ResourcePath> writes, Map<ResourcePath, State> own) {
    for (ConditionList list : head.conditions().ifHeader().lists()) {
      place(list, head)
          .filter(path -> writes.stream().anyMatch(it -> it.equals(path) || it.contains(path)))
          .ifPresent(path -> own.computeIfAbsent(path, this::state));
    }
  }

  /** RFC 4918 §10.4.1: holds where any list holds of the resource it is about. */
  private void requireIfHeader(RequestHead head, Map<ResourcePath, State> states) {
    List<ConditionList> lists = head.conditions().ifHeader().lists();
    for (ConditionList list : lists) {
      Optional<State> state =
          place(list, head).map(path -> states.computeIfAbsent(path, this::state));
      if (state.filter(it -> it.satisfies(list)).isPresent()) {
        return;
      }
    }
    require(lists.isEmpty());
  }

  /** What a list is about; empty for the resource of another server. */
  private static Optional<ResourcePath> place(ConditionList list, RequestHead head) {
    return list.resource().isEmpty()
        ? Optional.of(head.target())
        : Optional.ofNullable(head.conditions().tagged().get(list.resource()));
  }

  /** What the conditions of an If header are about: looked up once, however many there are. */
  record State(Optional<EntityTag> entityTag, Set<LockToken> tokens) {
    boolean satisfies(ConditionList list) {
      return list.conditions().stream().allMatch(it -> has(it) != it.negated());
    }

    private boolean has(IfHeader.Condition condition) {
      return condition instanceof IfHeader.StateToken token
          ? tokens.contains(new LockToken(token.uri()))
          : entityTag.filter(((IfHeader.Tag) condition).entityTag()::matchesStrongly).isPresent();
    }
  }

  private State state(ResourcePath path) {
    return state(store.find(path), path);
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

  private static boolean isUnmodified(Resource resource, Instant since) {
    return isDatedByServer(resource)
        && !resource.modified().truncatedTo(ChronoUnit.SECONDS).isAfter(since);
  }

  /**
   * Whether its date can say what is fresh: one that a client gave can be that of other content.
   */
  private static boolean isDatedByServer(Resource resource) {
    return resource.givenDates().modified().isEmpty();
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
