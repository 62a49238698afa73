package org.meantime.slow;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;

/** A collection whose members, and theirs, come past {@code member} one by one. */
record SlowCollection(CollectionResource collection, Gates gates) implements CollectionResource {
  @Override
  public Stream<Resource> members() {
    return collection
        .members()
        .map(
            member -> {
              gates.pass("member", path());
              return member instanceof CollectionResource c ? new SlowCollection(c, gates) : member;
            })
        .onClose(() -> gates.pass("membersEnd", path()));
  }

  @Override
  public ResourcePath path() {
    return collection.path();
  }

  @Override
  public Instant created() {
    return collection.created();
  }

  @Override
  public Instant modified() {
    return collection.modified();
  }

  @Override
  public Optional<String> creator() {
    return collection.creator();
  }

  @Override
  public List<Property> deadProperties() {
    gates.pass("deadProperties", path());
    return collection.deadProperties();
  }
}
