package org.meantime.dav.store;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.meantime.dav.EntityTag;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;

/**
 * A store in memory: the least a store has to do. A map of what is committed is never changed; a
 * transaction works on a copy and puts it in the map's place when it succeeds.
 */
public final class MemoryStore implements Store, DateKeeping {
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock(true);
  private volatile Map<ResourcePath, Resource> committed;
  private Map<ResourcePath, Resource> working;
  private long changes;

  public MemoryStore(Clock clock) {
    this.clock = clock;
    Facts root = new Facts(clock.instant(), clock.instant(), GivenDates.NONE, "", List.of());
    committed = Map.of(ResourcePath.ROOT, new MemoryCollection(this, ResourcePath.ROOT, root));
  }

  @Override
  public Optional<Resource> find(ResourcePath path) {
    return Optional.ofNullable(resources().get(path));
  }

  /** What the calling thread sees. */
  private Map<ResourcePath, Resource> resources() {
    return lock.isHeldByCurrentThread() ? working : committed;
  }

  @Override
  public <T> T transaction(Supplier<T> step) {
    if (lock.isHeldByCurrentThread()) {
      return step.get();
    }
    lock.lock();
    try {
      working = new HashMap<>(committed);
      T result = step.get();
      committed = working;
      return result;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Upload receive(InputStream body, Progress progress) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
      content.write(buffer, 0, count);
      progress.bytes(count);
    }
    return new MemoryUpload(content.toByteArray());
  }

  @Override
  public void put(ResourcePath path, Upload upload, DocumentInfo info) {
    byte[] content = ((MemoryUpload) upload).content();
    Facts facts =
        find(path)
            .map(MemoryStore::facts)
            .map(old -> old.modifiedAt(clock.instant()))
            .orElseGet(() -> newcomer(path, info.creator()));
    changes++;
    EntityTag tag = EntityTag.strong(Long.toString(changes));
    working.put(path, new MemoryDocument(path, facts, content, tag, info));
  }

  @Override
  public void createCollection(ResourcePath path, String creator) {
    working.put(path, new MemoryCollection(this, path, newcomer(path, creator)));
  }

  private Facts newcomer(ResourcePath path, String creator) {
    touch(path.parent());
    return new Facts(clock.instant(), clock.instant(), GivenDates.NONE, creator, List.of());
  }

  /** The membership or the properties of a collection have changed. */
  private void touch(ResourcePath collection) {
    Facts facts = facts(working.get(collection)).modifiedAt(clock.instant());
    working.put(collection, new MemoryCollection(this, collection, facts));
  }

  @Override
  public void update(ResourcePath path, List<PropertyUpdate> updates) {
    Resource resource = working.get(path);
    Facts old = facts(resource);
    List<Property> updated = PropertyUpdate.apply(resource.deadProperties(), updates);
    replace(
        resource, new Facts(old.created(), old.modified(), old.given(), old.creator(), updated));
    if (resource instanceof MemoryCollection && old.given().modified().isEmpty()) {
      touch(path);
    }
  }

  @Override
  public void giveDates(ResourcePath path, GivenDates dates) {
    Resource resource = working.get(path);
    replace(resource, facts(resource).with(dates));
  }

  private void replace(Resource resource, Facts facts) {
    ResourcePath path = resource.path();
    working.put(
        path,
        resource instanceof MemoryDocument document
            ? document.with(facts)
            : new MemoryCollection(this, path, facts));
  }

  @Override
  public void delete(ResourcePath path) {
    working.remove(path);
    touch(path.parent());
  }

  private static Facts facts(Resource resource) {
    return new Facts(
        resource.created(),
        resource.modified(),
        resource.givenDates(),
        resource.creator().orElse(""),
        resource.deadProperties());
  }

  /** What is known of every resource. */
  private record Facts(
      Instant created,
      Instant modified,
      GivenDates given,
      String creator,
      List<Property> properties) {
    /** One that was given says no more when it was modified. */
    Facts modifiedAt(Instant now) {
      GivenDates left = new GivenDates(given.created(), Optional.empty());
      return new Facts(created, now, left, creator, properties);
    }

    Facts with(GivenDates dates) {
      return new Facts(
          dates.created().orElse(created),
          dates.modified().orElse(modified),
          given.then(dates),
          creator,
          properties);
    }
  }

  private record MemoryUpload(byte[] content) implements Upload {
    @Override
    public long length() {
      return content.length;
    }

    @Override
    public void close() {}
  }

  private record MemoryCollection(MemoryStore store, ResourcePath path, Facts facts)
      implements CollectionResource {
    @Override
    public Stream<Resource> members() {
      // What is committed never changes, so a slow reader keeps nobody waiting. What a transaction
      // works on does: its members are collected first.
      Stream<Resource> members =
          store.resources().values().stream()
              .filter(member -> !member.path().isRoot() && member.path().parent().equals(path));
      return store.lock.isHeldByCurrentThread() ? members.toList().stream() : members;
    }

    @Override
    public Instant created() {
      return facts.created();
    }

    @Override
    public Instant modified() {
      return facts.modified();
    }

    @Override
    public GivenDates givenDates() {
      return facts.given();
    }

    @Override
    public Optional<String> creator() {
      return Optional.of(facts.creator()).filter(name -> !name.isEmpty());
    }

    @Override
    public List<Property> deadProperties() {
      return facts.properties();
    }
  }

  private record MemoryDocument(
      ResourcePath path, Facts facts, byte[] content, EntityTag entityTag, DocumentInfo info)
      implements DocumentResource {
    MemoryDocument with(Facts other) {
      return new MemoryDocument(path, other, content, entityTag, info);
    }

    @Override
    public long length() {
      return content.length;
    }

    @Override
    public InputStream open(long first, long count) {
      return new ByteArrayInputStream(content, Math.toIntExact(first), Math.toIntExact(count));
    }

    @Override
    public Optional<String> contentType() {
      return Optional.of(info.contentType()).filter(type -> !type.isEmpty());
    }

    @Override
    public Optional<String> contentLanguage() {
      return Optional.of(info.contentLanguage()).filter(language -> !language.isEmpty());
    }

    @Override
    public Instant created() {
      return facts.created();
    }

    @Override
    public Instant modified() {
      return facts.modified();
    }

    @Override
    public GivenDates givenDates() {
      return facts.given();
    }

    @Override
    public Optional<String> creator() {
      return Optional.of(facts.creator()).filter(name -> !name.isEmpty());
    }

    @Override
    public List<Property> deadProperties() {
      return facts.properties();
    }
  }
}
