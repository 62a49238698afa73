package org.meantime.dav.store.repository;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.lock.LockTable;

/** The locks, in the database of the built-in store; they end on a whole millisecond. */
@ApplicationScoped
public class SqlLockTable implements LockTable {
  private static final String SELECT = select("owner");
  private static final String SELECT_WITHOUT_OWNER = select("''");

  private static final String COUNT = "SELECT COUNT(*) FROM active_lock WHERE principal = ?";

  /** The one lock of a root and a token. */
  static final String THAT = " WHERE root = ? AND token = ?";

  /** Roughly, what a lock takes of memory besides what its owner wrote. */
  private static final int LOCK_BYTES = 512;

  private Database database;

  /** For the container's proxy. */
  SqlLockTable() {}

  @Inject
  SqlLockTable(Database database) {
    this.database = database;
  }

  private static String select(String owner) {
    return "SELECT token, root, exclusive, deep, %s, principal, expires FROM active_lock "
        .formatted(owner);
  }

  /** The locks whose root is that path. */
  private record At(ResourcePath root) implements Recalled<List<ActiveLock>> {
    @Override
    public List<ActiveLock> read(Session session) {
      return List.copyOf(session.list(SELECT + "WHERE root = ?", SqlLockTable::read, text(root)));
    }

    @Override
    public int bytes(List<ActiveLock> found) {
      return found.stream().mapToInt(lock -> LOCK_BYTES + lock.owner().length()).sum();
    }
  }

  /** How many locks are that user's; those that ended count until they are deleted. */
  private record Held(String principal) implements Recalled<Long> {
    @Override
    public Long read(Session session) {
      return session.number(COUNT, principal);
    }

    @Override
    public int bytes(Long found) {
      return 2 * principal.length();
    }
  }

  @Override
  public List<ActiveLock> above(ResourcePath path) {
    Deque<ActiveLock> above = new ArrayDeque<>();
    at(path).forEach(above::addFirst);
    for (ResourcePath root = path; !root.isRoot(); ) {
      root = root.parent();
      at(root).forEach(above::addFirst);
    }
    return List.copyOf(above);
  }

  private List<ActiveLock> at(ResourcePath root) {
    return database.recall(new At(root));
  }

  @Override
  public List<ActiveLock> below(ResourcePath path) {
    return database.read(
        session ->
            session.list(
                SELECT_WITHOUT_OWNER + "WHERE root > ? AND root < ? ORDER BY root, token",
                SqlLockTable::read,
                text(path),
                end(path)));
  }

  @Override
  public String owner(ActiveLock lock) {
    return database.read(
        session ->
            session
                .find("SELECT owner FROM active_lock" + THAT, row -> row.getString(1), place(lock))
                .orElse(""));
  }

  private static Object[] place(ActiveLock lock) {
    return new Object[] {text(lock.root()), lock.token().uri()};
  }

  @Override
  public boolean hasFewer(String principal, long most, Instant now) {
    return held(principal) < most || lasting(principal, now) < most;
  }

  private long held(String principal) {
    return database.recall(new Held(principal));
  }

  private long lasting(String principal, Instant now) {
    return database.read(
        session -> session.number(COUNT + " AND expires > ?", principal, now.toEpochMilli()));
  }

  @Override
  public void insert(ActiveLock lock) {
    change(
        lock,
        Stream.of(lock),
        "INSERT INTO active_lock (root, token, exclusive, deep, principal, expires, owner)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        text(lock.root()),
        lock.token().uri(),
        lock.scope() == LockScope.EXCLUSIVE ? 1 : 0,
        lock.depth() == Depth.INFINITY ? 1 : 0,
        lock.principal(),
        lock.expires().toEpochMilli(),
        lock.owner());
  }

  @Override
  public void extend(ActiveLock lock) {
    change(
        lock,
        Stream.of(lock),
        "UPDATE active_lock SET expires = ?" + THAT,
        lock.expires().toEpochMilli(),
        text(lock.root()),
        lock.token().uri());
  }

  @Override
  public void delete(ActiveLock lock) {
    change(lock, Stream.empty(), "DELETE FROM active_lock" + THAT, place(lock));
  }

  /** Runs a statement after which {@code now} is what there is in the place of {@code lock}. */
  private void change(ActiveLock lock, Stream<ActiveLock> now, String sql, Object... arguments) {
    database.change(
        session -> {
          List<ActiveLock> before = at(lock.root());
          long held = held(lock.principal());
          session.update(sql, arguments);
          Stream<ActiveLock> others =
              before.stream().filter(other -> !other.token().equals(lock.token()));
          List<ActiveLock> all = Stream.concat(others, now.map(SqlLockTable::stored)).toList();
          database.changed(new At(lock.root()), all);
          database.changed(new Held(lock.principal()), held + all.size() - before.size());
          return null;
        });
  }

  private static ActiveLock stored(ActiveLock lock) {
    return lock.until(lock.expires().truncatedTo(ChronoUnit.MILLIS));
  }

  @Override
  public void deleteTree(ResourcePath path) {
    deleteAll("root >= ? AND root < ?", text(path), end(path));
  }

  @Override
  public void deleteExpired(Instant now) {
    deleteAll("expires <= ?", now.toEpochMilli());
  }

  private void deleteAll(String condition, Object... arguments) {
    database.change(
        session -> {
          if (session.update("DELETE FROM active_lock WHERE " + condition, arguments) > 0) {
            database.allChanged();
          }
          return null;
        });
  }

  private static ActiveLock read(ResultSet row) throws SQLException {
    String root = row.getString(2);
    return new ActiveLock(
        new LockToken(row.getString(1)),
        ResourcePath.parse(root),
        row.getInt(3) == 1 ? LockScope.EXCLUSIVE : LockScope.SHARED,
        row.getInt(4) == 1 ? Depth.INFINITY : Depth.ZERO,
        row.getString(5),
        row.getString(6),
        Instant.ofEpochMilli(row.getLong(7)));
  }

  /** The encoded path with a slash at its end: what lies below it begins with it. */
  private static String text(ResourcePath path) {
    return path.isRoot() ? "/" : path + "/";
  }

  /** The first text after all that begin with {@link #text}: '0' follows '/' in ASCII. */
  private static String end(ResourcePath path) {
    String text = text(path);
    return text.substring(0, text.length() - 1) + '0';
  }
}
