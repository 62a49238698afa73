package org.meantime.dav.store.repository;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.repository.ContentTable.Stored;

/** A document; the sweeper leaves its content a while after it was replaced. */
record RepositoryDocument(Repository repository, ResourcePath path, Row row)
    implements DocumentResource {
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
  public long length() {
    return row.length();
  }

  @Override
  public EntityTag entityTag() {
    return EntityTag.strong(row.entityTag());
  }

  @Override
  public Optional<String> contentType() {
    return Optional.of(row.contentType()).filter(type -> !type.isEmpty());
  }

  @Override
  public Optional<String> contentLanguage() {
    return Optional.of(row.contentLanguage()).filter(language -> !language.isEmpty());
  }

  @Override
  public InputStream open(long first, long count) throws IOException {
    Stored stored = stored();
    if (stored.bytes().isPresent()) {
      return new ByteArrayInputStream(stored.bytes().get(), (int) first, (int) count);
    }
    return new StoredFile(
            repository.checks(), file(stored), stored.length(), e -> damaged(stored, e))
        .part(first, count);
  }

  /**
   * Reads the content to its end, unless it is known to be right.
   *
   * @throws DavException if it is damaged, as {@link #open} does
   */
  void requireRight(Progress progress) {
    Stored stored = stored();
    if (stored.bytes().isEmpty()) {
      try {
        repository
            .checks()
            .requireRight(file(stored), stored.length(), (buffer, count) -> progress.bytes(count));
      } catch (IOException e) {
        throw damaged(stored, e);
      }
    }
  }

  private Stored stored() {
    Stored stored =
        repository
            .database()
            .recall(new ContentTable.Id(row.content()))
            .orElseThrow(() -> damaged("unknown", "the database has none"));
    // the row says twice what content it has: one that was damaged contradicts itself
    if (!stored.right()
        || stored.length() != row.length()
        || !row.entityTag().equals(Received.entityTag(stored.sha256()))) {
      throw damaged(stored.sha256(), "the database contradicts itself");
    }
    return stored;
  }

  private Path file(Stored stored) {
    return repository.blobs().file(stored.sha256());
  }

  private DavException damaged(Stored stored, IOException e) {
    return damaged(stored.sha256(), "the file cannot be used: " + e);
  }

  private DavException damaged(String sha256, String what) {
    return repository.damaged(path, sha256, what);
  }
}
