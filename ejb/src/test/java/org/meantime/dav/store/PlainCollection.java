package org.meantime.dav.store;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;

/** A collection of which only that matters which a test says of it. */
public interface PlainCollection extends CollectionResource {
  @Override
  default ResourcePath path() {
    return ResourcePath.ROOT;
  }

  @Override
  default Instant created() {
    return Instant.EPOCH;
  }

  @Override
  default Instant modified() {
    return Instant.EPOCH;
  }

  @Override
  default Optional<String> creator() {
    return Optional.empty();
  }

  @Override
  default List<Property> deadProperties() {
    return List.of();
  }
}
