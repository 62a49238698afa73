package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/**
 * A store that deletes a whole tree in one step. Without it a tree is deleted member by member,
 * from the leaves.
 */
public interface TreeDelete {
  /**
   * Deletes the resource and everything below it. Takes about the same time whatever the size of
   * the tree; space may be reclaimed later. Called inside a transaction of the store.
   */
  void deleteTree(ResourcePath path);
}
