package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.flip;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.store.Maintained.State;
import org.meantime.dav.store.Maintained.Task;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Upload;

/** Whatever is wrong with a store is found and named, and what is not, is not. */
class CheckTest {
  private static final byte[] BIG = content(300_000, 1);
  private static final String ALL_REPAIRS = "length,unreferred,stray,lock";

  @TempDir Path home;
  private TestRepository repository;

  @BeforeEach
  void fill() {
    repository = new TestRepository(home);
    repository.createCollection("/c%20c");
    repository.put("/c%20c/big", BIG);
    repository.put("/small", content(10, 2));
    repository.put("/empty", new byte[0]);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private void sql(String statement, Object... arguments) {
    repository.database.write(session -> session.update(statement, arguments));
  }

  private Path only() {
    return repository.blobs().get(0);
  }

  @Test
  void storeInEveryState_isClean() throws IOException {
    repository.copy("/c%20c", "/copy");
    repository.put("/replaced", BIG);
    repository.put("/replaced", content(200_000, 3));
    repository.transaction(() -> repository.store.deleteTree(path("/copy")));
    try (Upload upload = repository.receive(content(400_000, 4));
        StagedTree staged =
            repository.store.stage(path("/c%20c"), Depth.INFINITY, "bob", Progress.NONE)) {
      assertEquals(List.of(), repository.findings());
      repository.transaction(() -> staged.attach(path("/staged")));
      repository.transaction(() -> repository.put("/uploaded", upload));
    }
    assertEquals(List.of(), repository.findings());
    Task task = repository.ended();
    assertEquals(State.CLEAN, task.state());
    assertEquals(task.total(), task.done());
    assertEquals("", Files.readString(Path.of(task.report())));
    repository.sweepAfterGrace();
    repository.assertSwept();
  }

  private void damage(String how) throws IOException {
    switch (how) {
      case "bit of a file" -> flip(only(), 299_999);
      case "file cut" -> Files.write(only(), new byte[1]);
      case "file gone" -> Files.delete(only());
      case "file a folder" -> {
        Path file = only();
        Files.delete(file);
        Files.createDirectory(file);
      }
      case "file a pipe" -> {
        Path file = only();
        Files.delete(file);
        makePipe(file);
      }
      case "file a device" -> {
        Path file = only();
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
      }
      case "file a link to itself" -> {
        Path file = only();
        Files.delete(file);
        Files.createSymbolicLink(file, file);
      }
      case "file too long" -> Files.write(only(), new byte[1], StandardOpenOption.APPEND);
      case "file not readable" -> Files.move(only(), only().resolveSibling("x"));
      case "bytes in the database" ->
          sql("UPDATE content SET bytes = x'00' WHERE bytes IS NOT NULL AND length = 10");
      case "no bytes in the database" -> sql("UPDATE content SET bytes = NULL WHERE length = 10");
      case "length of content" -> sql("UPDATE content SET length = 5 WHERE length = 300000");
      case "length of a document" -> sql("UPDATE resource SET length = 5 WHERE name = 'small'");
      case "tag of a document" -> sql("UPDATE resource SET entity_tag = 'x' WHERE name = 'big'");
      case "content nobody has" ->
          sql(
              "INSERT INTO content (id, sha256, length, bytes) VALUES (1000, ?, 1, x'00')",
              Receiver.sha256(new byte[1]));
      case "file nobody knows" -> {
        String hash = Receiver.sha256(content(99, 99));
        Path file = repository.store.repository().blobs().file(hash);
        Files.createDirectories(file.getParent());
        Files.write(file, content(99, 99));
      }
      case "file in the wrong folder" ->
          Files.copy(only(), Files.createDirectories(home.resolve("blobs/zz")).resolve("a"));
      case "odd file" -> Files.createFile(home.resolve("blobs/.nfs0001"));
      case "link" -> Files.createSymbolicLink(only().resolveSibling("a".repeat(64)), home);
      case "document as parent" ->
          sql(
              "UPDATE resource SET parent = (SELECT id FROM resource WHERE name = 'small')"
                  + " WHERE name = 'empty'");
      case "collection in itself" -> sql("UPDATE resource SET parent = id WHERE name = 'c c'");
      case "no parent" -> sql("UPDATE resource SET parent = NULL WHERE name = 'small'");
      case "properties" -> sql("UPDATE resource SET properties = 'x' WHERE name = 'small'");
      case "lock" ->
          sql("INSERT INTO active_lock VALUES ('/no/', 'urn:uuid:1', 1, 1, 'x', ?, '')", 1L << 60);
      default -> throw new IllegalArgumentException(how);
    }
  }

  /** Where the system has such a thing. */
  static void makePipe(Path file) throws IOException {
    Process made = new ProcessBuilder("mkfifo", file.toString()).inheritIO().start();
    assertEquals(0, made.onExit().join().exitValue());
  }

  @Timeout(60) // what waits for a pipe waits for ever
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bit of a file            | content: .*not those that were stored.*of /c%20c/big
          file cut                 | content: .*of /c%20c/big
          file gone                | content: .*NoSuchFile.*of /c%20c/big
          file a folder            | content: .*of /c%20c/big
          file a pipe              | content: it is no regular file: .*of /c%20c/big
          file a device            | content: it is no regular file: .*of /c%20c/big
          file a link to itself    | content: .*of /c%20c/big
          file too long            | content: its file has 300001 bytes for 300000: .*of /c%20c/big
          file not readable        | content: .*of /c%20c/big
          bytes in the database    | content: .*of /small
          no bytes in the database | content: .*of /small
          length of content        | content: .*has 300000 bytes for 5: .*of /c%20c/big
          length of a document     | length: /small .*
          tag of a document        | length: /c%20c/big .*
          content nobody has       | unreferred: .*
          file nobody knows        | stray: .*
          file in the wrong folder | odd: .*zz is nothing.*
          odd file                 | odd: .*nfs0001 is nothing.*
          link                     | odd: .*aaaa is nothing.*
          document as parent       | resource: .*named empty, has a document for a parent
          collection in itself     | resource: no way leads to the collection.*
          no parent                | resource: .*named small, has no parent
          properties               | resource: .*named small, .*properties.*
          lock                     | lock: .*/no/, where nothing is
          """)
  void damage_isFoundAndNamed_andLeftAsItIs(String how, String told) throws IOException {
    assertEquals(List.of(), repository.findings());
    damage(how);
    for (int i = 0; i < 2; i++) {
      List<String> findings = repository.findings();
      assertTrue(findings.stream().anyMatch(it -> it.matches(told)), findings::toString);
      assertEquals(State.FINDINGS, repository.ended().state());
      assertEquals(findings, Files.readAllLines(Path.of(repository.ended().report())));
      assertEquals(0, repository.ended().repaired());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "length of a document, length",
    "tag of a document, length",
    "content nobody has, unreferred",
    "file nobody knows, stray",
    "lock, lock"
  })
  void whatCanBePutRight_isPutRightWhenToldAndNotBefore(String how, String kind)
      throws IOException {
    damage(how);
    for (String other : ALL_REPAIRS.split(",")) {
      if (!other.equals(kind)) {
        assertEquals(1, repository.findings(other).size());
        assertEquals(0, repository.ended().repaired());
      }
    }
    assertEquals(1, repository.findings(kind).size());
    assertEquals(1, repository.ended().repaired());
    assertEquals(List.of(), repository.findings());
    repository.sweepAfterGrace();
    repository.assertSwept();
    assertEquals(300_000, repository.read("/c%20c/big").length);
    assertEquals(10, repository.read("/small").length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"bit of a file", "odd file", "link", "collection in itself", "file a folder"})
  void whatCannotBePutRight_isLeftAlone(String how) throws IOException {
    damage(how);
    List<String> before = repository.findings();
    assertEquals(before, repository.findings(ALL_REPAIRS.split(",")));
    assertEquals(before, repository.findings());
  }

  /** It is not the document that is wrong. */
  @Test
  void lengthOfADocumentWhoseContentIsWrong_isLeftAlone() throws IOException {
    damage("length of content");
    List<String> before = repository.findings("length");
    assertEquals(2, before.size());
    assertEquals(0, repository.ended().repaired());
    sql("UPDATE content SET length = 300000 WHERE length = 5");
    assertEquals(List.of(), repository.findings());
  }

  @Test
  void contentThatWasTrusted_isRefusedOnceItWasFoundDamaged() throws IOException {
    repository.read("/c%20c/big");
    Path file = only();
    FileIdentity before = FileIdentity.of(file);
    flip(file, 7);
    // a disk that errs tells nobody
    repository
        .store
        .repository()
        .checks()
        .trust(file.getFileName().toString(), FileIdentity.of(file));
    assertFalse(before.equals(FileIdentity.of(file)));
    assertEquals(300_000, repository.read("/c%20c/big").length);
    assertEquals(1, repository.findings().size());
    assertThrows(DavException.class, () -> repository.read("/c%20c/big"));
    repository.put("/again", BIG);
    assertEquals(List.of(), repository.findings());
    assertEquals(300_000, repository.read("/c%20c/big").length);
  }

  @Test
  void damagedDatabase_isFound() throws IOException {
    long page =
        repository.number("SELECT rootpage FROM sqlite_schema WHERE name = 'content_length'");
    repository.close();
    flip(home.resolve("meantime.db"), page * 4096 - 3); // the entry at the end of that page
    repository = new TestRepository(home);
    List<String> findings = repository.findings();
    assertTrue(findings.stream().allMatch(it -> it.startsWith("database: ")), findings::toString);
    assertFalse(findings.isEmpty());
  }

  @Test
  void storeThatIsWrittenToByMany_isCleanAtEveryMoment() {
    repository.close();
    repository = new TestRepository(home, Duration.ZERO);
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> write("/w" + i, i, over)))
            .toList();
    try {
      for (int i = 0; i < 30; i++) {
        assertEquals(List.of(), repository.findings());
      }
    } finally {
      over.set(true);
    }
    writers.forEach(CompletableFuture::join);
    repository.sweepAfterGrace();
    repository.assertSwept();
  }

  @Test
  void whatIsStoredMeanwhile_isLeftToTheNextCheck() {
    repository.put("/huge", content(64 * 1024 * 1024, 9)); // so that there are rests
    repository.close();
    AtomicBoolean stored = new AtomicBoolean();
    repository =
        new TestRepository(
            home,
            Duration.ZERO,
            () -> {
              boolean reading = repository.store.task().orElseThrow().at().equals("the contents");
              if (reading && !stored.getAndSet(true)) {
                repository.put("/new", content(100, 10));
              }
              return 100;
            });
    assertEquals(List.of(), repository.findings());
    assertTrue(stored.get());
    assertEquals(repository.ended().total(), repository.ended().done());
    assertEquals(List.of(), repository.findings());
    assertEquals(repository.ended().total(), repository.ended().done());
  }

  private void write(String top, int seed, AtomicBoolean over) {
    Random random = new Random(seed);
    repository.createCollection(top);
    while (!over.get()) {
      int length = random.nextBoolean() ? 70_000 : 100;
      repository.put(top + "/d" + random.nextInt(3), content(length, random.nextInt(5)));
      repository.copy(top, top + "copy");
      repository.transaction(() -> repository.store.deleteTree(path(top + "copy")));
      repository.store.sweeper().sweep();
    }
  }

  @Test
  void unknownRepair_isRefused() {
    for (String kind : List.of("content", "odd", "", "STRAY", "everything")) {
      String told =
          assertThrows(IllegalArgumentException.class, () -> repository.store.check(Set.of(kind)))
              .getMessage();
      assertTrue(told.contains("length, unreferred, stray, lock"), told);
    }
    assertTrue(repository.store.task().isEmpty());
  }

  @Test
  void oneTaskAtATime_andItCanBeStopped() {
    CountDownLatch resting = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    repository.put("/huge", content(64 * 1024 * 1024, 9));
    repository.close();
    repository =
        new TestRepository(
            home,
            Duration.ZERO,
            () -> {
              resting.countDown();
              TestRepository.await(goOn);
              return 100;
            });
    repository.store.check(Set.of());
    TestRepository.await(resting);
    assertEquals(State.RUNNING, repository.store.task().orElseThrow().state());
    assertThrows(IllegalStateException.class, () -> repository.store.check(Set.of()));
    repository.store.stopTask();
    goOn.countDown();
    assertEquals(State.STOPPED, repository.ended().state());
    assertEquals(List.of(), repository.findings());
  }
}
