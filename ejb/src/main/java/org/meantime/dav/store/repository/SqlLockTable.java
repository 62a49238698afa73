package org.meantime.dav.store.repository;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.lock.LockTable;

/** The locks, in the database of the built-in store; they end on a whole millisecond. */
@ApplicationScoped
public class SqlLockTable implements LockTable {
  private static final String SELECT =
      "SELECT token, root, exclusive, deep, owner, principal, expires FROM active_lock ";

  /** Roughly, what a lock takes of memory besides what its owner wrote. */
  private static final int LOCK_BYTES = 512;

  private Database database;

  /** For the container's proxy. */
  SqlLockTable() {}

  @Inject
  SqlLockTable(Database database) {
    this.database = database;
  }

  /** What {@link #above} says of that path. */
  private record Above(ResourcePath path) {}

  @Override
  public List<ActiveLock> above(ResourcePath path) {
    return database.recall(
        new Above(path),
        session -> List.copyOf(above(session, path)),
        locks -> locks.stream().mapToInt(lock -> LOCK_BYTES + lock.owner().length()).sum());
  }

  private static List<ActiveLock> above(Session session, ResourcePath path) {
    List<String> roots = new ArrayList<>();
    for (ResourcePath root = path; !root.isRoot(); root = root.parent()) {
      roots.add(text(root));
    }
    roots.add(text(ResourcePath.ROOT));
    String marks = String.join(", ", Collections.nCopies(roots.size(), "?"));
    return list(session, "WHERE root IN (" + marks + ") ORDER BY root, token", roots.toArray());
  }

  @Override
  public List<ActiveLock> below(ResourcePath path) {
    return database.read(
        session ->
            list(
                session,
                "WHERE root > ? AND root < ? ORDER BY root, token",
                text(path),
                end(path)));
  }

  private static List<ActiveLock> list(Session session, String condition, Object... arguments) {
    return session.list(SELECT + condition, SqlLockTable::read, arguments);
  }

  @Override
  public void insert(ActiveLock lock) {
    write(
        "INSERT INTO active_lock (token, root, exclusive, deep, owner, principal, expires)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        lock.token().uri(),
        text(lock.root()),
        lock.scope() == LockScope.EXCLUSIVE ? 1 : 0,
        lock.depth() == Depth.INFINITY ? 1 : 0,
        lock.owner(),
        lock.principal(),
        lock.expires().toEpochMilli());
  }

  @Override
  public void extend(LockToken token, Instant expires) {
    write(
        "UPDATE active_lock SET expires = ? WHERE token = ?", expires.toEpochMilli(), token.uri());
  }

  @Override
  public void delete(LockToken token) {
    write("DELETE FROM active_lock WHERE token = ?", token.uri());
  }

  @Override
  public void deleteTree(ResourcePath path) {
    write("DELETE FROM active_lock WHERE root >= ? AND root < ?", text(path), end(path));
  }

  @Override
  public void deleteExpired(Instant now) {
    write("DELETE FROM active_lock WHERE expires <= ?", now.toEpochMilli());
  }

  private void write(String sql, Object... arguments) {
    database.write(session -> session.update(sql, arguments));
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
