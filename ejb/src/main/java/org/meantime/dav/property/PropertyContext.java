package org.meantime.dav.property;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.lock.LockView;
import org.meantime.dav.store.QuotaReporting.Quota;
import org.meantime.dav.store.Resource;

/**
 * What the value of a live property may depend on.
 *
 * @param locks the locks of the tree being walked
 * @param quota the quota of a collection, where the store reports one
 * @param href from a path, and whether it is a collection, to its href
 */
public record PropertyContext(
    Resource resource,
    LockView locks,
    Function<ResourcePath, Optional<Quota>> quota,
    BiFunction<ResourcePath, Boolean, String> href) {

  PropertyContext with(Resource other) {
    return new PropertyContext(other, locks, quota, href);
  }
}
