package org.meantime.dav.store.repository;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.meantime.dav.Depth;
import org.meantime.dav.ResourcePath;

/** The statements on the table {@code resource}, run on one session. */
record ResourceTable(Session session) {
  /** The id of the resource at {@link ResourcePath#ROOT}. */
  static final long ROOT = 1;

  /** The hidden collection of deleted trees; each is named by its id. */
  static final long TRASH = 2;

  /** The hidden collection of copies not yet attached; each is named by its id. */
  static final long STAGING = 3;

  /** How many names of a path are looked up at once. */
  private static final int MOST_NAMES = 8;

  /** How many bytes of text the rows of a page hold, but for the last of them. */
  private static final long PAGE_BYTES = 1024 * 1024;

  private static final String SELECT = "SELECT " + Row.READ + " FROM resource ";

  /** The members of a collection, to be read with {@link Session#open}. */
  static final String MEMBERS = SELECT + "WHERE parent = ? ORDER BY name";

  private static final String INSERT =
      "INSERT INTO resource ("
          + Row.COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

  long lastId() {
    return session.number("SELECT MAX(id) FROM resource");
  }

  /** The resource at that path. */
  record At(ResourcePath path) implements Recalled<Optional<Row>> {
    @Override
    public Optional<Row> read(Session session) {
      return new ResourceTable(session).find(path);
    }

    @Override
    public int bytes(Optional<Row> found) {
      return found.map(row -> row.properties().length()).orElse(0);
    }
  }

  /** The resource at that path, in one statement unless the path is long. */
  Optional<Row> find(ResourcePath path) {
    List<String> names = path.segments();
    long parent = ROOT;
    while (names.size() > MOST_NAMES) {
      parent =
          session.number(
              "SELECT id FROM resource WHERE id = " + below(MOST_NAMES),
              arguments(parent, names.subList(0, MOST_NAMES)));
      names = names.subList(MOST_NAMES, names.size());
    }
    return session.find(
        SELECT + "WHERE id = " + below(names.size()), Row::read, arguments(parent, names));
  }

  /** The id of what so many names lead to. */
  private static String below(int names) {
    return names == 0
        ? "?"
        : "(SELECT id FROM resource WHERE parent = " + below(names - 1) + " AND name = ?)";
  }

  private static Object[] arguments(long parent, List<String> names) {
    return Stream.concat(Stream.of(parent), names.stream()).toArray();
  }

  /** A name as it is kept, and what it leads to. */
  private record Member(String name, long id) {
    private static Member read(ResultSet row) throws SQLException {
      return new Member(row.getString(1), row.getLong(2));
    }
  }

  /** The path with each name, down to the first that is not there, as it is kept. */
  ResourcePath spelling(ResourcePath path) {
    List<String> names = new ArrayList<>(path.segments());
    Optional<Member> member = Optional.of(new Member("", ROOT));
    for (int i = 0; i < names.size() && member.isPresent(); i++) {
      member = member(member.get().id(), names.get(i));
      if (member.isPresent()) {
        names.set(i, member.get().name());
      }
    }
    return new ResourcePath(names);
  }

  /** The member of that name, else of the one that is the same in NFC, else of one that is so. */
  private Optional<Member> member(long parent, String name) {
    Optional<Member> exact = memberWhere("name = ?", parent, name);
    if (exact.isPresent() || ResourcePath.isAscii(name)) {
      return exact;
    }
    String nfc = Normalizer.normalize(name, Normalizer.Form.NFC);
    return memberWhere("name = ?", parent, nfc)
        .or(() -> memberWhere("nfc = ? ORDER BY name LIMIT 1", parent, nfc));
  }

  private Optional<Member> memberWhere(String condition, long parent, String name) {
    return session.find(
        "SELECT name, id FROM resource WHERE parent = ? AND " + condition,
        Member::read,
        parent,
        name);
  }

  /**
   * Some members of a collection.
   *
   * @param last whether no more follow
   */
  record Page<T>(List<T> rows, boolean last) {}

  /** Reads as many rows as come to some bytes, one at least: a page is in memory as a whole. */
  private static final class PageReader<T> implements Session.Mapper<T> {
    private final Session.Mapper<T> mapper;
    private final ToLongFunction<T> weight;
    private long left = PAGE_BYTES;

    PageReader(Session.Mapper<T> mapper, ToLongFunction<T> weight) {
      this.mapper = mapper;
      this.weight = weight;
    }

    @Override
    public T map(ResultSet row) throws SQLException {
      T mapped = mapper.map(row);
      left -= weight.applyAsLong(mapped);
      return mapped;
    }

    @Override
    public boolean hasEnough() {
      return left <= 0;
    }

    Page<T> page(List<T> rows, int limit) {
      return new Page<>(rows, rows.size() < limit && !hasEnough());
    }
  }

  /** Up to {@code limit} members whose names follow {@code name}, by name. */
  Page<Row> membersAfter(long parent, String name, int limit) {
    PageReader<Row> reader = new PageReader<>(Row::read, Row::weight);
    return reader.page(
        session.list(
            SELECT + "WHERE parent = ? AND name > ? ORDER BY name LIMIT ?",
            reader,
            parent,
            name,
            limit),
        limit);
  }

  /**
   * What one must know of a resource to delete it.
   *
   * @param content the id of its content, zero for a collection
   * @param bytes of its properties
   */
  record Remains(long id, long content, long bytes) {
    boolean isCollection() {
      return content == 0;
    }

    private static Remains read(ResultSet row) throws SQLException {
      return new Remains(row.getLong(1), row.getLong(2), row.getLong(3));
    }
  }

  /** Up to {@code limit} members in no order. */
  Page<Remains> remains(long parent, int limit) {
    PageReader<Remains> reader = new PageReader<>(Remains::read, Remains::bytes);
    return reader.page(
        session.list(
            "SELECT id, content, OCTET_LENGTH(properties) FROM resource WHERE parent = ? LIMIT ?",
            reader,
            parent,
            limit),
        limit);
  }

  /** Whether that resource was deleted; what lies below one that is deleted goes after it. */
  boolean isGone(long id) {
    return session
        .find("SELECT parent FROM resource WHERE id = ?", row -> row.getLong(1) == TRASH, id)
        .orElse(true);
  }

  boolean hasMembers(long id) {
    return session.number("SELECT 1 FROM resource WHERE parent = ? LIMIT 1", id) != 0;
  }

  /** How many resources there are below that one, down to that depth. */
  long count(long id, Depth depth) {
    return switch (depth) {
      case ZERO -> 0;
      case ONE -> session.number("SELECT COUNT(*) FROM resource WHERE parent = ?", id);
      case INFINITY -> countBelow(id);
    };
  }

  private long countBelow(long id) {
    return session.number(
        "WITH RECURSIVE below (id) AS (SELECT id FROM resource WHERE parent = ? UNION ALL"
            + " SELECT resource.id FROM below JOIN resource ON resource.parent = below.id)"
            + " SELECT COUNT(*) FROM below",
        id);
  }

  /** Whether some path below that resource goes on for more segments or bytes than these. */
  boolean reachesBeyond(long id, long segments, long bytes) {
    return session.number(
            "WITH RECURSIVE below (id, segments, bytes) AS (SELECT id, 0, 0 FROM resource"
                + " WHERE id = ? UNION ALL SELECT resource.id, segments + 1,"
                + " bytes + 1 + OCTET_LENGTH(resource.name)"
                + " FROM below JOIN resource ON resource.parent = below.id)"
                + " SELECT 1 FROM below WHERE segments > ? OR bytes > ? LIMIT 1",
            id,
            segments,
            bytes)
        != 0;
  }

  void insert(Row row) {
    session.update(INSERT, row.arguments());
  }

  void insert(List<Row> rows) {
    session.batch(INSERT, rows.stream().map(Row::arguments).toList());
  }

  void replaceContent(Row row) {
    session.update(
        "UPDATE resource SET content = ?, length = ?, entity_tag = ?, content_type = ?,"
            + " content_language = ?, modified = ?, given = ? WHERE id = ?",
        row.content(),
        row.length(),
        row.entityTag(),
        row.contentType(),
        row.contentLanguage(),
        row.modified(),
        row.given(),
        row.id());
  }

  void replaceProperties(Row row) {
    session.update("UPDATE resource SET properties = ? WHERE id = ?", row.properties(), row.id());
  }

  void replaceLanguages(Row row) {
    session.update(
        "UPDATE resource SET content_language = ? WHERE id = ?", row.contentLanguage(), row.id());
  }

  void replaceDates(Row row) {
    session.update(
        "UPDATE resource SET created = ?, modified = ?, given = ? WHERE id = ?",
        row.created(),
        row.modified(),
        row.given(),
        row.id());
  }

  /** Makes the resource, with all that is below it, the member of {@code parent} of that name. */
  void place(long id, long parent, String name) {
    session.update(
        "UPDATE resource SET parent = ?, name = ?, nfc = ? WHERE id = ?",
        parent,
        name,
        Row.nfc(name),
        id);
  }

  void discard(long id) {
    place(id, TRASH, Long.toString(id));
  }

  boolean isStaged(long id) {
    return session.number("SELECT parent FROM resource WHERE id = ?", id) == STAGING;
  }

  void delete(long id) {
    session.update("DELETE FROM resource WHERE id = ?", id);
  }

  /** Moves what a crash left in the staging collection to the trash. */
  void discardStaged() {
    session.update("UPDATE resource SET parent = ? WHERE parent = ?", TRASH, STAGING);
  }
}
