package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.await;
import static org.meantime.dav.store.repository.TestRepository.bytes;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.Resource;

class DatabaseTest {
  @TempDir Path home;

  @Test
  void homeInUse_isRefusedByName() {
    try (TestRepository first = new TestRepository(home)) {
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> new Database(home));
      assertTrue(refused.getMessage().contains(home.toString()));
      assertTrue(refused.getMessage().contains("meantime.store.home"));
      first.put("/a", bytes("still works"));
    }
  }

  @Test
  void closed_leavesOneDatabaseFileNoThreadAndNoDriver() {
    TestRepository repository = new TestRepository(home);
    repository.put("/a", bytes("kept"));
    repository.close();
    assertFalse(Files.exists(home.resolve("meantime.db-wal")));
    assertTrue(DriverManager.drivers().noneMatch(org.sqlite.JDBC.class::isInstance));
    assertTrue(
        Thread.getAllStackTraces().keySet().stream()
            .noneMatch(thread -> thread.getName().equals("meantime-sweeper")));
    try (TestRepository reopened = new TestRepository(home)) {
      assertEquals("kept", new String(reopened.read("/a"), StandardCharsets.UTF_8));
    }
  }

  @Test
  void closing_waitsForTheTransactionUnderWay() {
    TestRepository repository = new TestRepository(home);
    CountDownLatch inside = new CountDownLatch(1);
    CompletableFuture<Void> closing = new CompletableFuture<>();
    repository.transaction(
        () -> {
          CompletableFuture.runAsync(
                  () -> {
                    inside.countDown();
                    repository.close();
                  })
              .whenComplete((nothing, failure) -> closing.complete(nothing));
          await(inside);
          repository.store.createCollection(path("/c"), "alice");
          assertFalse(closing.isDone());
        });
    closing.join();
    try (TestRepository reopened = new TestRepository(home)) {
      assertTrue(reopened.exists("/c"));
    }
  }

  @Test
  void closed_answers503() {
    TestRepository repository = new TestRepository(home);
    repository.close();
    repository.close();
    DavException reading = assertThrows(DavException.class, () -> repository.exists("/"));
    assertEquals(Status.SERVICE_UNAVAILABLE, reading.status());
    DavException writing =
        assertThrows(DavException.class, () -> repository.createCollection("/c"));
    assertEquals(Status.SERVICE_UNAVAILABLE, writing.status());
  }

  @Test
  void homeNotSet_isTheServersDataFolder() {
    assertEquals(Path.of("/srv/docs"), Home.locate("/srv/docs"));
    Path plain = Home.locate(" ");
    assertEquals(Path.of(System.getProperty("user.home"), ".meantime"), plain);
    assertEquals(Path.of("/wf/data/meantime"), located("jboss.server.data.dir", "/wf/data"));
    assertEquals(
        Path.of("/domain1/data/meantime"), located("com.sun.aas.instanceRoot", "/domain1"));
  }

  private static Path located(String property, String value) {
    System.setProperty(property, value);
    try {
      return Home.locate("");
    } finally {
      System.clearProperty(property);
    }
  }

  @Test
  void homeSet_isUsed() {
    String folder = home.resolve("not yet/there").toString();
    Settings settings =
        new Settings(
            key ->
                Optional.ofNullable(
                    Map.of("meantime.store.home", folder, "meantime.store.create", "true")
                        .get(key)));
    Database database = new Database(settings);
    assertNotEquals(home, database.home().folder());
    assertTrue(Files.exists(home.resolve("not yet/there/meantime.db")));
    database.close();
  }

  @Test
  void diskFull_is507AndChangesNothing() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.createCollection("/c");
      repository.database.write(session -> session.number("PRAGMA max_page_count = 60"));
      DavException full =
          assertThrows(DavException.class, () -> repository.transaction(() -> fill(repository)));
      assertEquals(Status.INSUFFICIENT_STORAGE, full.status());
      assertEquals(Optional.of(Precondition.SUFFICIENT_DISK_SPACE), full.precondition());
      assertEquals(1, repository.countBelow("/"));
      assertThrows(
          IllegalStateException.class, () -> repository.transaction(() -> goOnAnyway(repository)));
      assertEquals(1, repository.countBelow("/"));
      repository.database.write(session -> session.number("PRAGMA max_page_count = 1000000"));
      repository.put("/c/d", bytes("room again"));
      repository.assertSound();
    }
  }

  private static void goOnAnyway(TestRepository repository) {
    repository.database.write(session -> session.number("PRAGMA max_page_count = 60"));
    assertThrows(DavException.class, () -> fill(repository));
    repository.put("/c/d", bytes("small enough"));
  }

  private static void fill(TestRepository repository) {
    for (int i = 0; i < 100; i++) {
      repository.put("/c/d" + i, TestRepository.content(50_000, i));
    }
  }

  @Test
  void schemaOfAnOlderVersion_isBroughtUpToDate() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.put("/a", bytes("kept"));
      repository.database.write(
          session -> {
            session.update("ALTER TABLE resource DROP COLUMN given");
            session.update("DROP INDEX resource_nfc");
            session.update("ALTER TABLE resource DROP COLUMN nfc");
            return session.update("DELETE FROM flyway_schema_history WHERE version > '4'");
          });
    }
    try (TestRepository repository = new TestRepository(home)) {
      assertEquals("kept", new String(repository.read("/a"), StandardCharsets.UTF_8));
      Resource document = repository.store.find(path("/a")).orElseThrow();
      assertEquals(GivenDates.NONE, document.givenDates());
      assertEquals(document.created(), document.modified());
    }
  }

  @Test
  void schemaOfANewerVersion_isRefused() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.database.write(
          session ->
              session.update(
                  "INSERT INTO flyway_schema_history SELECT 999, '999', 'future', type,"
                      + " 'V999__future.sql', 1, installed_by, installed_on, 1, 1"
                      + " FROM flyway_schema_history WHERE installed_rank = 1"));
    }
    RuntimeException refused = assertThrows(RuntimeException.class, () -> new Database(home));
    assertTrue(refused.getMessage().contains("999"), refused.getMessage());
    RuntimeException again = assertThrows(RuntimeException.class, () -> new Database(home));
    assertEquals(refused.getMessage(), again.getMessage(), "the home was given free");
  }
}
