package org.meantime.dav.store;

import org.meantime.dav.ResourcePath;

/**
 * A store that keeps dates that clients give. Without it all dates are the server's own, and
 * clients are told that they cannot be set.
 */
public interface DateKeeping {
  /**
   * Gives these dates to an existing resource, which has them from then on as {@link
   * Resource#created}, {@link Resource#modified} and {@link Resource#givenDates}; one that is
   * missing stays what it is. A date of creation lasts. One of modification lasts until the next
   * {@linkplain Store#put put}, or until a member of the collection comes or goes. Both move and
   * are copied with the resource. They are of the years 0 to 9999, and kept to the second at least.
   * Called inside a transaction of the store.
   */
  void giveDates(ResourcePath path, GivenDates dates);
}
