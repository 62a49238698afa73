package org.meantime.dav.store.repository;

import java.util.List;
import java.util.Optional;

/** The statements on the tables {@code content} and {@code orphan}, run on one session. */
record ContentTable(Session session) {
  /**
   * Content as it is stored.
   *
   * @param bytes all of it where it is kept in the database, else empty
   * @param right false where the bytes are not those of the hash
   */
  record Stored(String sha256, long length, Optional<byte[]> bytes, boolean right) {
    static Stored of(String sha256, long length, Optional<byte[]> bytes) {
      boolean right = bytes.isEmpty() || Receiver.sha256(bytes.get()).equals(sha256);
      return new Stored(sha256, length, bytes, right);
    }
  }

  /** A note that {@code content} lost a reference. */
  record Orphan(long id, long content) {}

  long lastId() {
    return session.number("SELECT MAX(id) FROM content");
  }

  long lastOrphan() {
    return session.number("SELECT MAX(id) FROM orphan");
  }

  /** The id of the content of that hash, zero where there is none. */
  long find(String sha256) {
    return session.number("SELECT id FROM content WHERE sha256 = ?", sha256);
  }

  /** The content of that id. */
  record Id(long id) implements Recalled<Optional<Stored>> {
    @Override
    public Optional<Stored> read(Session session) {
      return new ContentTable(session).read(id);
    }

    @Override
    public int bytes(Optional<Stored> found) {
      return found.flatMap(Stored::bytes).map(bytes -> bytes.length).orElse(0);
    }
  }

  private Optional<Stored> read(long id) {
    return session.find(
        "SELECT sha256, length, bytes FROM content WHERE id = ?",
        row -> Stored.of(row.getString(1), row.getLong(2), Optional.ofNullable(row.getBytes(3))),
        id);
  }

  /** Whether what is stored under that id is the content of the same hash that was received. */
  boolean holds(long id, Received content) {
    return read(id)
        .filter(stored -> stored.right() && stored.length() == content.length())
        .filter(stored -> stored.bytes().isPresent() == content.bytes().isPresent())
        .isPresent();
  }

  /** Puts right what is stored under that id. */
  Stored replace(long id, Received content) {
    session.update(
        "UPDATE content SET length = ?, bytes = ? WHERE id = ?",
        content.length(),
        content.bytes().orElse(null),
        id);
    return new Stored(content.sha256(), content.length(), content.bytes(), true);
  }

  /** Inserts the content under that id; false where there is content of that hash. */
  boolean insert(long id, Received content) {
    return session.update(
            "INSERT INTO content (id, sha256, length, bytes) VALUES (?, ?, ?, ?)"
                + " ON CONFLICT (sha256) DO NOTHING",
            id,
            content.sha256(),
            content.length(),
            content.bytes().orElse(null))
        > 0;
  }

  /** The sum of the lengths of all content. */
  long used() {
    return session.number("SELECT SUM(length) FROM content");
  }

  void orphan(long id, long content, long now) {
    session.update("INSERT INTO orphan (id, content, orphaned) VALUES (?, ?, ?)", id, content, now);
  }

  /** The oldest orphans noted before the given number and not after the given time. */
  List<Orphan> orphans(long before, long orphaned, int limit) {
    return session.list(
        "SELECT id, content FROM orphan WHERE id < ? AND orphaned <= ? ORDER BY id LIMIT ?",
        row -> new Orphan(row.getLong(1), row.getLong(2)),
        before,
        orphaned,
        limit);
  }

  /**
   * Strikes the note, and deletes the content if nothing refers to it and no later note does.
   *
   * @return the hash of content deleted here whose file is to be deleted too
   */
  Optional<String> sweep(Orphan orphan) {
    session.update("DELETE FROM orphan WHERE id = ?", orphan.id());
    if (isClaimed(orphan.content())) {
      return Optional.empty();
    }
    Optional<String> file =
        session.find(
            "SELECT sha256 FROM content WHERE id = ? AND bytes IS NULL",
            row -> row.getString(1),
            orphan.content());
    session.update("DELETE FROM content WHERE id = ?", orphan.content());
    return file;
  }

  /** Whether a resource has that content. */
  boolean isReferred(long content) {
    return session.number("SELECT 1 FROM resource WHERE content = ? LIMIT 1", content) != 0;
  }

  private boolean isClaimed(long content) {
    return isReferred(content)
        || session.number("SELECT 1 FROM orphan WHERE content = ? LIMIT 1", content) != 0;
  }
}
