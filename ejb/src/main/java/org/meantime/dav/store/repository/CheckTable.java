package org.meantime.dav.store.repository;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.repository.ContentTable.Stored;

/** What the check asks of all tables, run on one session. */
record CheckTable(Session session) {
  /** Rows of a page; those of {@code content} may have {@link Receiver#INLINE_BYTES} each. */
  private static final int PAGE = 100;

  /** How many of the documents that have some content are named. */
  private static final int PATHS = 10;

  /** No tree is as deep; what is has no end. */
  private static final int DEEPEST = 10_000;

  private static final String REFERRED =
      "EXISTS (SELECT 1 FROM resource WHERE resource.content = content.id)";

  private static final String FORGOTTEN =
      "NOT "
          + REFERRED
          + " AND NOT EXISTS (SELECT 1 FROM orphan WHERE orphan.content = content.id)";

  /** What SQLite finds wrong with its file; nothing if it finds nothing. */
  List<String> integrity() {
    return session.list("PRAGMA integrity_check", row -> row.getString(1)).stream()
        .filter(what -> !what.equals("ok"))
        .toList();
  }

  /** The ids of collections that no way leads to from the top: of one moment, however many. */
  List<Long> unreachable() {
    return session.list(
        "WITH RECURSIVE below (id) AS (SELECT id FROM resource WHERE parent IS NULL UNION"
            + " SELECT resource.id FROM below JOIN resource ON resource.parent = below.id"
            + " WHERE resource.content IS NULL)"
            + " SELECT id FROM resource WHERE content IS NULL AND id NOT IN (SELECT id FROM below)",
        row -> row.getLong(1));
  }

  /**
   * A resource with what it refers to, of one moment. Absent is null.
   *
   * @param parent the id that it says
   * @param parentFound the id that was found there
   */
  record Link(
      long id,
      String name,
      Long parent,
      Long parentFound,
      Long parentContent,
      Long content,
      Long contentFound,
      long length,
      String entityTag,
      String sha256,
      long contentLength,
      String properties) {

    Optional<String> contradiction() {
      if (parent == null) {
        return id <= ResourceTable.STAGING ? Optional.empty() : Optional.of("has no parent");
      }
      if (parentFound == null) {
        return Optional.of("has a parent that is not there");
      }
      if (parentContent != null) {
        return Optional.of("has a document for a parent");
      }
      if (!Objects.equals(content, contentFound)) {
        return Optional.of("has content that is not there");
      }
      return isReadable() ? Optional.empty() : Optional.of("has properties that cannot be read");
    }

    private boolean isReadable() {
      try {
        PropertyText.parse(properties);
        return true;
      } catch (RuntimeException e) {
        return false;
      }
    }

    boolean misstates() {
      return contentFound != null
          && (length != contentLength || !Received.entityTag(sha256).equals(entityTag));
    }
  }

  /** The next resources by id, up to the id {@code end}. */
  List<Link> links(long after, long end) {
    return session.list(
        "SELECT r.id, r.name, r.parent, p.id, p.content, r.content, c.id, r.length, r.entity_tag,"
            + " c.sha256, c.length, r.properties FROM resource r"
            + " LEFT JOIN resource p ON p.id = r.parent LEFT JOIN content c ON c.id = r.content"
            + " WHERE r.id > ? AND r.id <= ? ORDER BY r.id LIMIT "
            + PAGE,
        row ->
            new Link(
                row.getLong(1),
                row.getString(2),
                number(row.getObject(3)),
                number(row.getObject(4)),
                number(row.getObject(5)),
                number(row.getObject(6)),
                number(row.getObject(7)),
                row.getLong(8),
                row.getString(9),
                row.getString(10),
                row.getLong(11),
                row.getString(12)),
        after,
        end);
  }

  private static Long number(Object value) {
    return value == null ? null : ((Number) value).longValue();
  }

  /** Gives a document the length and the entity tag of its content. */
  int restate(long id) {
    return session.update(
        "UPDATE resource SET (length, entity_tag) ="
            + " (SELECT length, SUBSTR(sha256, 1, 32) FROM content WHERE content.id = content)"
            + " WHERE id = ?",
        id);
  }

  /**
   * Content that is kept.
   *
   * @param inFile or else in the database
   * @param forgotten whether no resource has it and no note says so
   */
  record Held(long id, String sha256, long length, boolean inFile, boolean forgotten) {}

  /** The next contents by id, up to the id {@code end}. */
  List<Held> contents(long after, long end) {
    return session.list(
        "SELECT id, sha256, length, bytes IS NULL, "
            + FORGOTTEN
            + " FROM content WHERE id > ? AND id <= ? ORDER BY id LIMIT "
            + PAGE,
        row ->
            new Held(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getBoolean(4),
                row.getBoolean(5)),
        after,
        end);
  }

  /** The content of that id. */
  Optional<Held> content(long id) {
    return contents(id - 1, id).stream().findAny();
  }

  /** Content in a file that a resource has. */
  record InFile(long id, String sha256, long length) {}

  /** The next of these by id. */
  List<InFile> inFiles(long after) {
    return session.list(
        "SELECT id, sha256, length FROM content WHERE bytes IS NULL AND id > ? AND "
            + REFERRED
            + " ORDER BY id LIMIT "
            + PAGE,
        row -> new InFile(row.getLong(1), row.getString(2), row.getLong(3)),
        after);
  }

  long bytesInFiles() {
    return session.number("SELECT SUM(length) FROM content WHERE bytes IS NULL AND " + REFERRED);
  }

  boolean isForgotten(long content) {
    return session.number("SELECT 1 FROM content WHERE id = ? AND " + FORGOTTEN, content) != 0;
  }

  /** What is wrong with content in the database, if it is there still. */
  Optional<String> wrong(long content) {
    return new ContentTable.Id(content)
        .read(session)
        .filter(stored -> !isSound(stored))
        .map(stored -> "its bytes in the database are not those that were stored");
  }

  private static boolean isSound(Stored stored) {
    return stored.right()
        && stored.bytes().filter(bytes -> bytes.length != stored.length()).isEmpty();
  }

  /** The paths of some documents that have that content; none if it is deleted or on its way. */
  List<String> paths(long content) {
    return session
        .list(
            "SELECT id FROM resource WHERE content = ? LIMIT " + PATHS,
            row -> row.getLong(1),
            content)
        .stream()
        .flatMap(id -> path(id).stream())
        .toList();
  }

  private record Step(String name, long parent) {}

  /** The path of the resource of that id, unless it is in a hidden collection. */
  Optional<String> path(long id) {
    Deque<String> names = new ArrayDeque<>();
    for (long at = id; at != ResourceTable.ROOT; ) {
      Optional<Step> step =
          session.find(
              "SELECT name, parent FROM resource WHERE id = ?",
              row -> new Step(row.getString(1), row.getLong(2)),
              at);
      if (step.isEmpty() || at == ResourceTable.TRASH || at == ResourceTable.STAGING) {
        return Optional.empty();
      }
      names.addFirst(step.get().name());
      at = names.size() > DEEPEST ? ResourceTable.TRASH : step.get().parent();
    }
    return Optional.of(new ResourcePath(List.copyOf(names)).toString());
  }

  /** A lock, and the path that it is on. */
  record Lock(String token, String root) {}

  /** All that have not timed out. */
  List<Lock> locks() {
    return session.list(
        "SELECT token, root FROM active_lock WHERE expires > ?",
        row -> new Lock(row.getString(1), row.getString(2)),
        System.currentTimeMillis());
  }

  /** Whether there is nothing at the root of a lock that was there before and still is. */
  boolean isLoose(Lock lock) {
    return new ResourceTable(session).find(ResourcePath.parse(lock.root())).isEmpty()
        && session.number(
                "SELECT 1 FROM active_lock" + SqlLockTable.THAT, lock.root(), lock.token())
            != 0;
  }

  int unlock(Lock lock) {
    return isLoose(lock)
        ? session.update("DELETE FROM active_lock" + SqlLockTable.THAT, lock.root(), lock.token())
        : 0;
  }
}
