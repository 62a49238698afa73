package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/**
 * A store that moves a whole tree in one step. Without it a tree is moved document by document,
 * each in a transaction of its own.
 */
public interface TreeMove {
  /**
   * Moves the resource and everything below it, with all its properties, to {@code destination},
   * where nothing is, whose parent is a collection and which does not lie below the source. Takes
   * about the same time whatever the size of the tree. Called inside a transaction of the store.
   */
  void move(ResourcePath source, ResourcePath destination);
}
