package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.store.Maintained.State;

/** What a store in use is copied to is a store as it was at one moment. */
class BackupTest {
  private static final byte[] BIG = content(9_000_000, 1);
  private static final int BIG_ENOUGH = 100_000;

  @TempDir Path folder;
  private final AtomicReference<Runnable> whileContentsAreCopied = new AtomicReference<>(() -> {});
  private Path copy;
  private TestRepository repository;

  @BeforeEach
  void open() {
    copy = folder.resolve("copy");
    repository = new TestRepository(folder.resolve("home"), Duration.ZERO, this::share);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  private long share() {
    if (repository.store.task().orElseThrow().at().equals("the contents")) {
      whileContentsAreCopied.getAndSet(() -> {}).run();
    }
    return 100;
  }

  private State backUp() {
    repository.store.backUp(copy);
    return repository.ended().state();
  }

  @Test
  void whatIsDeletedMeanwhile_isInTheCopy_andWhatIsNew_isNot() throws IOException {
    repository.put("/big", BIG);
    repository.put("/small", content(10, 2));
    repository.createCollection("/c");
    for (int i = 0; i < 20; i++) {
      repository.put("/c/" + i, content(BIG_ENOUGH + i, i));
    }
    whileContentsAreCopied.set(
        () -> {
          repository.transaction(() -> repository.store.deleteTree(path("/c")));
          repository.transaction(() -> repository.store.delete(path("/small")));
          repository.put("/new", content(BIG_ENOUGH, 99));
          repository.sweepAfterGrace();
        });
    assertEquals(State.CLEAN, backUp());
    repository.sweepAfterGrace();
    repository.assertSwept();
    try (TestRepository restored = new TestRepository(copy)) {
      assertArrayEquals(BIG, restored.read("/big"));
      assertArrayEquals(content(10, 2), restored.read("/small"));
      for (int i = 0; i < 20; i++) {
        assertArrayEquals(content(BIG_ENOUGH + i, i), restored.read("/c/" + i));
      }
      assertFalse(restored.exists("/new"));
      assertEquals(repository.database.id(), restored.database.id());
      restored.sweepAfterGrace();
      restored.assertSwept();
    }
    assertFalse(repository.exists("/c"));
    assertPrivate();
  }

  private void assertPrivate() throws IOException {
    TreeSet<String> modes = new TreeSet<>();
    try (Stream<Path> files = Files.walk(copy)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    assertEquals(Set.of("rw-------", "rwx------"), modes);
  }

  @Test
  void storeThatIsWrittenToByMany_isCopiedAsItWasAtOneMoment() {
    AtomicBoolean over = new AtomicBoolean();
    List<CompletableFuture<Void>> writers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> write("/w" + i, over)))
            .toList();
    try {
      for (int round = 0; round < 5; round++) {
        copy = folder.resolve("copy" + round);
        assertEquals(State.CLEAN, backUp());
        try (TestRepository restored = new TestRepository(copy)) {
          for (int i = 0; i < 4; i++) {
            assertOneMoment(restored, "/w" + i);
          }
          assertEquals(List.of(), restored.findings());
        }
      }
    } finally {
      over.set(true);
    }
    writers.forEach(CompletableFuture::join);
  }

  /** Both documents of a collection are always put in one step, and its copy is whole. */
  private void write(String top, AtomicBoolean over) {
    repository.createCollection(top);
    for (int i = 0; !over.get(); i++) {
      byte[] content = content(BIG_ENOUGH, i % 7);
      repository.transaction(
          () -> {
            repository.put(top + "/a", content);
            repository.put(top + "/b", content);
          });
      if (i % 2 == 0) {
        repository.copy(top, top + "copy");
      } else {
        repository.transaction(() -> repository.store.deleteTree(path(top + "copy")));
        repository.store.sweeper().sweep();
      }
    }
  }

  private static void assertOneMoment(TestRepository restored, String top) {
    for (String each : List.of(top, top + "copy")) {
      if (restored.exists(each + "/a")) {
        assertArrayEquals(restored.read(each + "/a"), restored.read(each + "/b"));
      }
    }
  }

  @Timeout(60) // what waits for a pipe waits for ever
  @Test
  void damagedContent_isNamedAndTheRestIsCopied() throws IOException {
    repository.put("/good", content(BIG_ENOUGH, 1));
    repository.put("/bad", content(BIG_ENOUGH, 2));
    Path bad = repository.store.repository().blobs().file(Receiver.sha256(content(BIG_ENOUGH, 2)));
    Files.write(bad, new byte[BIG_ENOUGH]);
    repository.put("/pipe", content(BIG_ENOUGH, 3));
    Path pipe = repository.store.repository().blobs().file(Receiver.sha256(content(BIG_ENOUGH, 3)));
    Files.delete(pipe);
    CheckTest.makePipe(pipe);
    repository.put("/small", content(10, 4));
    repository.database.write(
        session -> session.update("UPDATE content SET bytes = X'00' WHERE length = 10"));
    assertEquals(State.FINDINGS, backUp());
    List<String> told = repository.ended().first();
    assertEquals(3, told.size());
    assertTrue(told.get(0).endsWith(" of /bad"), told::toString);
    assertTrue(told.get(1).endsWith(" of /pipe"), told::toString);
    assertTrue(told.get(2).endsWith(" of /small"), told::toString);
    try (TestRepository restored = new TestRepository(copy)) {
      assertArrayEquals(content(BIG_ENOUGH, 1), restored.read("/good"));
      assertEquals(3, restored.findings().size());
    }
  }

  @Test
  void copyThatBrokeOff_isNoStore() {
    repository.put("/big", BIG);
    whileContentsAreCopied.set(repository.store::stopTask);
    assertEquals(State.STOPPED, backUp());
    assertThrows(IllegalStateException.class, () -> new TestRepository(copy));
    copy = folder.resolve("another");
    assertEquals(State.CLEAN, backUp());
  }

  @Test
  void folderThatIsNone_isRefused() throws IOException {
    Files.createFile(folder.resolve("file"));
    Path home = folder.resolve("home");
    Path blobs = Files.createSymbolicLink(folder.resolve("link"), home.resolve("blobs"));
    Files.createDirectory(home.resolve("empty"));
    for (Path wrong :
        List.of(
            Path.of("relative"),
            folder,
            home,
            folder.resolve("file"),
            home.resolve("copy"),
            home.resolve("empty"),
            home.resolve("blobs/zz/copy"),
            folder.resolve("copy/../home/copy"),
            blobs.resolve("copy"))) {
      assertThrows(
          IllegalArgumentException.class, () -> repository.store.backUp(wrong), wrong.toString());
    }
    copy = folder.resolve("file/below");
    assertEquals(State.FAILED, backUp());
  }
}
