package org.meantime.dav.method;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.stream.Stream;
import org.meantime.dav.store.CollectionResource;
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
    /** Before its members; tells whether these are to be visited. */
    boolean enter(Resource resource);

    /** After its members. */
    default void leave(Resource resource) {}
  }

  private record Level(Resource resource, Stream<Resource> members, Iterator<Resource> each) {
    static Level of(Resource resource, Stream<Resource> members) {
      return new Level(resource, members, members.iterator());
    }
  }

  static void over(Resource root, Visitor visitor) {
    new TreeWalk(visitor).walk(root);
  }

  private void walk(Resource root) {
    try {
      enter(root);
      while (!levels.isEmpty()) {
        Level level = levels.element();
        if (level.each.hasNext()) {
          enter(level.each.next());
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
    boolean goesOn = visitor.enter(resource);
    if (goesOn && resource instanceof CollectionResource collection) {
      levels.push(Level.of(resource, collection.members()));
    } else {
      visitor.leave(resource);
    }
  }
}
