package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/** A copied tree that nobody sees yet. Closing it discards a tree that was not attached. */
public interface StagedTree extends AutoCloseable {
  /**
   * Shows the tree at {@code destination}, where nothing is and whose parent is a collection. Takes
   * about the same time whatever the size of the tree. Called inside a transaction of the store.
   */
  void attach(ResourcePath destination);

  @Override
  void close();
}
