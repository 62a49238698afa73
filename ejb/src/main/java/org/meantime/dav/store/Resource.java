package org.meantime.dav.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;

/** A resource as it was when it was looked up; later changes do not show. */
public sealed interface Resource permits CollectionResource, DocumentResource {
  ResourcePath path();

  Instant created();

  /**
   * When the content (or for a collection, its membership or properties) last changed, or what a
   * client gave as that.
   */
  Instant modified();

  /** The dates that a client gave; none where the store is not {@link DateKeeping}. */
  default GivenDates givenDates() {
    return GivenDates.NONE;
  }

  /** The name of the user who created it, where the store knows. */
  Optional<String> creator();

  /** The dead properties, in the order in which they were first set. */
  List<Property> deadProperties();
}
