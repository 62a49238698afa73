package org.meantime.dav.store.repository;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;

/** A collection; its members are read a page at a time, by name, with nothing open in between. */
record RepositoryCollection(Repository repository, ResourcePath path, Row row)
    implements CollectionResource {
  private static final int PAGE = 500;

  @Override
  public Instant created() {
    return Instant.ofEpochMilli(row.created());
  }

  @Override
  public Instant modified() {
    return Instant.ofEpochMilli(row.modified());
  }

  @Override
  public Optional<String> creator() {
    return Optional.of(row.creator()).filter(name -> !name.isEmpty());
  }

  @Override
  public List<Property> deadProperties() {
    return PropertyText.parse(row.properties());
  }

  @Override
  public Stream<Resource> members() {
    Spliterator<Resource> members =
        Spliterators.spliteratorUnknownSize(
            new Members(), Spliterator.NONNULL | Spliterator.DISTINCT);
    return StreamSupport.stream(members, false);
  }

  private final class Members implements Iterator<Resource> {
    private final Queue<Row> page = new ArrayDeque<>();
    private String last = "";
    private boolean atEnd;

    @Override
    public boolean hasNext() {
      if (page.isEmpty() && !atEnd) {
        page.addAll(
            repository
                .database()
                .read(session -> new ResourceTable(session).membersAfter(row.id(), last, PAGE)));
        atEnd = page.size() < PAGE;
      }
      return !page.isEmpty();
    }

    @Override
    public Resource next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row member = page.remove();
      last = member.name();
      return RepositoryStore.resource(repository, path.member(last), member);
    }
  }
}
