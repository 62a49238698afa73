package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log ends, however many look at one moment of the database. */
class SnapshotsTest {
  private final List<String> events = new ArrayList<>();
  private volatile boolean isLong;
  private final Snapshots snapshots =
      new Snapshots(
          () -> isLong,
          () -> {
            events.add("brought home");
            isLong = false;
          });

  private static void never() {
    throw new AssertionError("it need not wait");
  }

  @Test
  void whileTheLogIsShort_nobodyWaits() {
    snapshots.begin(SnapshotsTest::never);
    snapshots.begin(SnapshotsTest::never);
    snapshots.tidy(false);
    snapshots.tidy(true);
    assertEquals(List.of(), events);
    snapshots.end();
    snapshots.end();
    snapshots.tidy(false);
    assertEquals(List.of(), events);
    snapshots.tidy(true);
    assertEquals(List.of("brought home"), events);
  }

  @Test
  void whenTheLogIsLong_whoComesWaitsForThoseWhoLook() {
    snapshots.begin(SnapshotsTest::never);
    snapshots.begin(SnapshotsTest::never);
    isLong = true;
    CountDownLatch waits = new CountDownLatch(1);
    CompletableFuture<Void> next =
        CompletableFuture.runAsync(() -> snapshots.begin(waits::countDown));
    TestRepository.await(waits);
    events.add("first ends");
    snapshots.end();
    snapshots.tidy(false);
    events.add("second ends");
    snapshots.end();
    next.join();
    assertEquals(List.of("first ends", "second ends", "brought home"), events);
  }

  @Test
  void whoGivesUpWaiting_doesNotCount() {
    snapshots.begin(SnapshotsTest::never);
    isLong = true;
    assertThrows(
        CancellationException.class,
        () ->
            snapshots.begin(
                () -> {
                  throw new CancellationException();
                }));
    snapshots.end();
    snapshots.begin(SnapshotsTest::never);
    assertEquals(List.of("brought home"), events);
  }

  @Test
  void logThatNobodyLooksAt_beginsAnew(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("db-wal");
    Sqlite sqlite = new Sqlite(folder.resolve("db"), () -> {});
    sqlite.migrate();
    try (Session writer = sqlite.writer()) {
      write(writer);
      long once = Files.size(log);
      sqlite.restartLog();
      write(writer);
      assertEquals(once, Files.size(log));
      try (Session reader = sqlite.reader()) {
        reader.begin();
        assertEquals(0, reader.number("SELECT COUNT(*) FROM orphan WHERE content = -1"));
        write(writer);
        sqlite.restartLog();
        write(writer);
        assertTrue(Files.size(log) > 2 * once, "it kept what the reader looks at");
      }
    }
    sqlite.forgetDriver();
  }

  private static void write(Session writer) {
    for (int i = 0; i < 100; i++) {
      writer.begin();
      writer.update("UPDATE repository SET id = id");
      writer.update("INSERT INTO orphan (content, orphaned) VALUES (?, 0)", i);
      writer.commit();
    }
  }
}
