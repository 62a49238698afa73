package org.meantime.dav.store.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A connection and the statements prepared on it. Used by one thread at a time. */
final class Session implements AutoCloseable {
  /** Makes an object of the row in hand. */
  @FunctionalInterface
  interface Mapper<T> {
    T map(ResultSet row) throws SQLException;

    /** Whether no further row is wanted; asked before each. */
    default boolean hasEnough() {
      return false;
    }
  }

  @FunctionalInterface
  private interface Work<T> {
    T run() throws SQLException;
  }

  private final Connection connection;
  private final Function<SQLException, RuntimeException> failure;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private boolean broken;

  Session(Connection connection, Function<SQLException, RuntimeException> failure) {
    this.connection = connection;
    this.failure = failure;
  }

  void begin() {
    broken = false;
    attempt(
        () -> {
          connection.setAutoCommit(false);
          return null;
        });
  }

  /** Ends the transaction: {@code commit()} would have SQLite's driver begin another at once. */
  void commit() {
    attempt(
        () -> {
          connection.setAutoCommit(true);
          return null;
        });
  }

  void rollback() {
    broken = false;
    attempt(
        () -> {
          connection.rollback();
          connection.setAutoCommit(true);
          return null;
        });
  }

  /** What is written from here on can be undone by itself. */
  void savepoint() {
    update("SAVEPOINT step");
  }

  void releaseSavepoint() {
    update("RELEASE step");
  }

  /** Undoes what was written since the savepoint, and forgets that. */
  void rollbackToSavepoint() {
    broken = false;
    update("ROLLBACK TO step");
    releaseSavepoint();
  }

  int update(String sql, Object... arguments) {
    return attempt(() -> bound(sql, arguments).executeUpdate());
  }

  void batch(String sql, List<Object[]> rows) {
    attempt(
        () -> {
          PreparedStatement statement = prepared(sql);
          for (Object[] row : rows) {
            bind(statement, row);
            statement.addBatch();
          }
          return statement.executeBatch();
        });
  }

  <T> List<T> list(String sql, Mapper<T> mapper, Object... arguments) {
    return attempt(
        () -> {
          List<T> rows = new ArrayList<>();
          try (ResultSet result = bound(sql, arguments).executeQuery()) {
            while (!mapper.hasEnough() && result.next()) {
              rows.add(mapper.map(result));
            }
          }
          return rows;
        });
  }

  <T> Optional<T> find(String sql, Mapper<T> mapper, Object... arguments) {
    return attempt(
        () -> {
          try (ResultSet result = bound(sql, arguments).executeQuery()) {
            return result.next() ? Optional.of(mapper.map(result)) : Optional.empty();
          }
        });
  }

  /** The number in the first column of the first row; zero where there is none. */
  long number(String sql, Object... arguments) {
    return find(sql, row -> row.getLong(1), arguments).orElse(0L);
  }

  /** A query read row by row while others run on this session; the caller closes it. */
  <T> Cursor<T> open(String sql, Mapper<T> mapper, Object... arguments) {
    return attempt(
        () -> {
          PreparedStatement statement = connection.prepareStatement(sql);
          bind(statement, arguments);
          return new Cursor<>(statement, statement.executeQuery(), mapper);
        });
  }

  @Override
  public void close() {
    broken = false;
    attempt(
        () -> {
          for (PreparedStatement statement : statements.values()) {
            statement.close();
          }
          connection.close();
          return null;
        });
  }

  private PreparedStatement bound(String sql, Object... arguments) throws SQLException {
    PreparedStatement statement = prepared(sql);
    bind(statement, arguments);
    return statement;
  }

  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  private static void bind(PreparedStatement statement, Object... arguments) throws SQLException {
    for (int i = 0; i < arguments.length; i++) {
      statement.setObject(i + 1, arguments[i]);
    }
  }

  private <T> T attempt(Work<T> work) {
    if (broken) {
      // A full disk makes SQLite roll back by itself: what followed would be committed on its own.
      throw new IllegalStateException("the transaction has failed already");
    }
    try {
      return work.run();
    } catch (SQLException e) {
      broken = true;
      throw failure.apply(e);
    }
  }

  /** The rows of a query, fetched as they are asked for. */
  final class Cursor<T> implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet result;
    private final Mapper<T> mapper;

    private Cursor(PreparedStatement statement, ResultSet result, Mapper<T> mapper) {
      this.statement = statement;
      this.result = result;
      this.mapper = mapper;
    }

    /** The next row, or nothing at the end. */
    Optional<T> next() {
      return attempt(() -> result.next() ? Optional.of(mapper.map(result)) : Optional.empty());
    }

    @Override
    public void close() {
      broken = false;
      attempt(
          () -> {
            statement.close();
            return null;
          });
    }
  }
}
