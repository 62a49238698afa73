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
      if (!enter(root)) {
        throw new GoneException();
      }
      while (!levels.isEmpty()) {
        Level level = levels.element();
        if (level.each.hasNext()) {
          enter(level.each.next()); // a member that is gone when its turn comes is none
        } else {
          levels.pop().members.close();
          visitor.leave(level.resource);
        }
      }
    } finally {
      levels.forEach(level -> level.members.close());
    }
  }

  /** False, and nothing is visited, if the resource is gone. */
  private boolean enter(Resource resource) {
    if (resource instanceof CollectionResource collection && visitor.descends(collection)) {
      Stream<Resource> members;
      try {
        members = collection.members();
      } catch (GoneException e) {
        return false;
      }
      levels.push(Level.of(resource, members));
      visitor.enter(resource);
    } else {
      visitor.enter(resource);
      visitor.leave(resource);
    }
    return true;
  }
}
