package org.meantime.dav.method;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Stream;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.GoneException;
import org.meantime.dav.store.Resource;

/**
 * A walk over a resource and what is below it, depth first. The way back is kept beside the call
 * stack, which a deep tree would overflow.
 */
final class TreeWalk {
  private final Visitor visitor;
  private final Deque<Level> levels = new ArrayDeque<>();

  private TreeWalk(Visitor visitor) {
    this.visitor = visitor;
  }

  /** What is done with each resource. */
  interface Visitor {
    /** Whether the members of a collection are to be visited. */
    default boolean descends(CollectionResource collection) {
      return true;
    }

    /** Before its members; not called for a collection that is gone when its members are read. */
    void enter(Resource resource);

    /** After its members. */
    default void leave(Resource resource) {}
  }

  private record Level(Resource resource, Stream<Resource> members, Iterator<Resource> each) {
    static Level of(Resource resource, Stream<Resource> members) {
      return new Level(resource, members, members.iterator());
    }
  }

  /** Throws a {@link GoneException} before it visits anything, if the root is gone. */
  static void over(Resource root, Visitor visitor) {
    new TreeWalk(visitor).walk(root);
  }

  private void walk(Resource root) {
    try {
      enter(root);
      while (!levels.isEmpty()) {
        Level level = levels.element();
        if (level.each.hasNext()) {
          enterMember(level.each.next());
        } else {
          levels.pop().members.close();
          visitor.leave(level.resource);
        }
      }
    } finally {
      levels.forEach(level -> level.members.close());
    }
  }

  private void enter(Resource resource) {
    if (resource instanceof CollectionResource collection && visitor.descends(collection)) {
      levels.push(Level.of(resource, collection.members()));
      visitor.enter(resource);
    } else {
      visitor.enter(resource);
      visitor.leave(resource);
    }
  }

  /** A member that is gone when its turn comes is none. */
  private void enterMember(Resource member) {
    int before = levels.size();
    try {
      enter(member);
    } catch (GoneException e) {
      if (levels.size() > before) { // it was there, and has been told of
        throw e;
      }
    }
  }
}
