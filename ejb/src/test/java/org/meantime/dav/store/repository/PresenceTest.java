package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.flip;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;

/** Nothing is acknowledged that would not be found again, and nothing lost looks like nothing. */
class PresenceTest {
  private static final byte[] SMALL = content(10, 1);
  private static final byte[] BIG = content(100_000, 2);

  @TempDir Path folder;
  private Path home;
  private TestRepository repository;

  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    repository = new TestRepository(home);
    repository.put("/small", SMALL);
    repository.put("/big", BIG);
    for (int i = 0; i < 20; i++) {
      repository.put("/d" + i, content(3_000, i));
    }
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private static void assertAway(Executable action) {
    assertEquals(Status.SERVICE_UNAVAILABLE, assertThrows(DavException.class, action).status());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private void takeAway(String what) throws IOException {
    Path away = folder.resolve("away");
    switch (what) {
      case "the home" -> Files.move(home, away);
      case "the home, an empty folder in its place" -> {
        Files.move(home, away);
        Files.createDirectory(home);
      }
      case "the home, an older copy in its place" -> {
        Files.move(home, away);
        copy(folder.resolve("older"), home);
      }
      default -> Files.move(home.resolve(what), away);
    }
  }

  private void bringBack(String what) throws IOException {
    Path away = folder.resolve("away");
    if (what.startsWith("the home")) {
      if (Files.exists(home)) {
        Files.move(home, folder.resolve("other"));
      }
      Files.move(away, home);
    } else {
      Files.move(away, home.resolve(what), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static Stream<Arguments> takenAway() {
    return Stream.of(
            "meantime.db",
            "meantime.db-wal",
            "meantime.lock",
            "blobs",
            "blobs/meantime.id",
            "the home",
            "the home, an empty folder in its place",
            "the home, an older copy in its place")
        .flatMap(what -> Stream.of(arguments(what, false), arguments(what, true)));
  }

  /** A commit of a home in which nothing came or went for a minute. */
  private void commitAtRest() throws IOException {
    FileTime then = FileTime.from(Instant.now().minusSeconds(60));
    for (Path each : List.of(home, home.resolve("blobs"))) {
      Files.setLastModifiedTime(each, then);
    }
    repository.put("/d0", SMALL);
  }

  @ParameterizedTest
  @MethodSource("takenAway")
  void whatIsNotThere_isNotWrittenTo_andIsBackWhenItIsBack(String what, boolean atRest)
      throws IOException {
    copy(home, folder.resolve("older"));
    if (atRest) {
      commitAtRest();
    }
    takeAway(what);
    assertAway(() -> repository.put("/new", content(10, 5)));
    assertAway(() -> repository.put("/new", content(100_000, 6)));
    assertAway(() -> repository.createCollection("/c"));
    assertAway(() -> repository.transaction(() -> repository.store.delete(path("/small"))));
    assertAway(() -> repository.read("/small"));
    assertAway(() -> repository.exists("/never/asked/for"));
    assertThrows(DavException.class, () -> repository.store.sweeper().sweep());
    if (what.endsWith("empty folder in its place")) {
      try (Stream<Path> made = Files.list(home)) {
        assertEquals(List.of(), made.toList());
      }
    }
    bringBack(what);
    repository.put("/new", BIG); // looks anew
    assertArrayEquals(SMALL, repository.read("/small"));
    assertArrayEquals(BIG, repository.read("/big"));
    assertFalse(repository.exists("/c"));
    repository.assertSound();
    close();
    repository = new TestRepository(home);
    assertArrayEquals(BIG, repository.read("/new"));
  }

  @Test
  void folderOfUploadsAlone_isMadeAgain() throws IOException {
    Files.delete(home.resolve("incoming"));
    repository.put("/new", content(100_000, 7));
    assertTrue(repository.exists("/new"));
  }

  /** What a crash would leave of the home now. */
  private Path crashed() throws IOException {
    Path crashed = folder.resolve("crashed");
    copy(home, crashed);
    return crashed;
  }

  private static void cut(Path file, long length) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gone",
        "empty",
        "no header",
        "first frame",
        "middle frame",
        "last frame",
        "half of it",
        "last frame cut",
        "first frame, index gone",
        "middle frame, index gone"
      })
  void logThatIsNotWholeAfterACrash_isRefused(String how) throws IOException {
    Path crashed = crashed();
    Path log = crashed.resolve("meantime.db-wal");
    long frame = 24 + 4096;
    long frames = (Files.size(log) - 32) / frame;
    switch (how.replace(", index gone", "")) {
      case "gone" -> Files.delete(log);
      case "empty" -> cut(log, 0);
      case "no header" -> flip(log, 20);
      case "first frame" -> flip(log, 32 + 100);
      case "middle frame" -> flip(log, 32 + frames / 2 * frame + 100);
      case "last frame" -> flip(log, 32 + (frames - 1) * frame + 100);
      case "half of it" -> cut(log, 32 + frames / 2 * frame);
      case "last frame cut" -> cut(log, Files.size(log) - 1);
      default -> throw new IllegalArgumentException(how);
    }
    if (how.endsWith("index gone")) {
      Files.delete(crashed.resolve("meantime.db-shm"));
    }
    long size = Files.exists(log) ? Files.size(log) : 0;
    for (int i = 0; i < 2; i++) { // nothing is changed
      String told =
          assertThrows(IllegalStateException.class, () -> new TestRepository(crashed)).getMessage();
      assertTrue(told.contains("meantime.db-wal") && told.contains("meantime.open"), told);
    }
    assertEquals(size, Files.exists(log) ? Files.size(log) : 0);
    Files.delete(crashed.resolve("meantime.open"));
    new TestRepository(crashed).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"whole", "index gone", "torn by a power failure"})
  void logThatIsWholeAfterACrash_isTaken(String how) throws IOException {
    Path crashed = crashed();
    if (!how.equals("whole")) {
      Files.delete(crashed.resolve("meantime.db-shm"));
    }
    if (how.startsWith("torn")) { // one transaction that was not acknowledged
      cut(crashed.resolve("meantime.db-wal"), Files.size(crashed.resolve("meantime.db-wal")) - 5);
    }
    for (int i = 0; i < 3; i++) {
      try (TestRepository restored = new TestRepository(crashed)) {
        assertArrayEquals(BIG, restored.read("/big"));
        assertArrayEquals(content(3_000, 18), restored.read("/d18"));
        assertTrue(Files.exists(crashed.resolve("meantime.open")));
      }
      assertFalse(Files.exists(crashed.resolve("meantime.open")));
    }
  }

  @Test
  void crashAtOnceAfterTheStart_isNoLoss() throws IOException {
    close();
    repository = new TestRepository(home);
    try (TestRepository restored = new TestRepository(crashed())) {
      assertArrayEquals(BIG, restored.read("/big"));
    }
  }

  @Test
  void stepThatIsStuckWhileTheDatabaseCloses_isUndoneAndNoCrash() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    CompletableFuture<Void> stuck =
        CompletableFuture.runAsync(
            () ->
                repository.transaction(
                    () -> {
                      repository.store.createCollection(path("/c"), "alice");
                      begun.countDown();
                      TestRepository.await(goOn);
                    }));
    TestRepository.await(begun);
    close();
    goOn.countDown();
    assertThrows(CompletionException.class, stuck::join);
    repository = new TestRepository(home);
    assertArrayEquals(BIG, repository.read("/big"));
    assertFalse(repository.exists("/c"));
    repository.createCollection("/c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"meantime.db", "meantime.lock", "operations.journal", "blobs/meantime.id"})
  void whatIsNoFile_isRefusedAtTheStart(String name) throws Exception {
    close();
    Files.deleteIfExists(home.resolve(name));
    assertEquals(0, new ProcessBuilder("mkfifo", home.resolve(name).toString()).start().waitFor());
    String told =
        assertThrows(IllegalStateException.class, () -> new TestRepository(home)).getMessage();
    assertTrue(told.contains(name), told);
    Files.delete(home.resolve(name));
  }
}
