package org.meantime.dav.store;

import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;

/**
 * A store that copies a whole tree out of sight and then shows it in one step. Without it a tree is
 * copied member by member, and others see it grow.
 */
public interface TreeCopy {
  /**
   * Copies the resource, and for {@link Depth#INFINITY} everything below it, as it is at one
   * moment, to where nobody sees it: content and dead properties, with {@code creator} as the
   * creator and a creation date of now. Runs outside any transaction for as long as it takes,
   * keeping readers and other writers going, in memory that does not grow with the tree. When it
   * throws, a cancellation by {@code progress} included, nothing is left behind for anyone to see.
   */
  StagedTree stage(ResourcePath source, Depth depth, String creator, Progress progress);
}
