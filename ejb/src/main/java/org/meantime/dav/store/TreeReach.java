package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/**
 * A store that can tell cheaply how far a tree reaches. Without it the tree is walked before it is
 * copied or moved to a longer path.
 */
public interface TreeReach {
  /**
   * Whether some path below the one given goes on for more segments than these, or for more bytes
   * as {@link ResourcePath#bytes} counts them. Takes a small part of the time that visiting all
   * takes.
   */
  boolean reachesBeyond(ResourcePath path, long segments, long bytes);
}
