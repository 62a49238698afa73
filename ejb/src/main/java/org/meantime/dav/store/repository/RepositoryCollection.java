package org.meantime.dav.store.repository;

import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.SecondThread;
import org.meantime.dav.StorageException;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.GoneException;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.repository.ResourceTable.Page;

/**
 * A collection; its members are read a page at a time, by name, with nothing open in between, and
 * the next page while one is looked through.
 */
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
  public GivenDates givenDates() {
    return row.givenDates();
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
    Members members = new Members();
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(
                members, Spliterator.NONNULL | Spliterator.DISTINCT),
            false)
        .onClose(members::close);
  }

  private final class Members implements Iterator<Resource>, AutoCloseable {
    private final SecondThread reading = new SecondThread("meantime-members");
    private Iterator<Row> page = Collections.emptyIterator();
    private Page<Row> next = readAfter(""); // of the reading thread while that reads
    private boolean atEnd;

    @Override
    public boolean hasNext() {
      if (!page.hasNext() && !atEnd) {
        turnPage();
      }
      return page.hasNext();
    }

    private void turnPage() {
      try {
        reading.await();
        List<Row> rows = next.rows();
        page = rows.iterator();
        atEnd = next.last();
        if (!atEnd) {
          readOn(rows.get(rows.size() - 1).name());
        }
      } catch (IOException e) { // interrupted
        throw new StorageException("the members were not read to their end", e);
      }
    }

    private void readOn(String last) throws IOException {
      if (repository.database().isInTransaction()) { // which no other thread can see
        next = readAfter(last);
      } else {
        reading.begin(() -> next = readAfter(last));
      }
    }

    private Page<Row> readAfter(String last) {
      return repository.database().read(session -> readAfter(last, new ResourceTable(session)));
    }

    /** A deleted collection loses its members later than its place: look for that afterwards. */
    private Page<Row> readAfter(String last, ResourceTable resources) {
      Page<Row> read = resources.membersAfter(row.id(), last, PAGE);
      if (resources.isGone(row.id())) {
        throw new GoneException();
      }
      return read;
    }

    @Override
    public Resource next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row member = page.next();
      return RepositoryStore.resource(repository, path.member(member.name()), member);
    }

    @Override
    public void close() {
      reading.close();
    }
  }
}
