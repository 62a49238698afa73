package org.meantime.dav.store;

import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;

/** A store that can tell cheaply how large a tree is. Without it nobody is told a total. */
public interface TreeCount {
  /**
   * How many resources there are down to that depth, the one at {@code path} included. Takes a
   * small part of the time that visiting them takes.
   */
  long count(ResourcePath path, Depth depth);
}
