package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Upload;

class SweeperTest {
  private static final byte[] BIG = content(100_000, 1);
  private static final byte[] SMALL = content(100, 2);

  @TempDir Path home;
  private TestRepository repository;

  @BeforeEach
  void open() {
    repository = new TestRepository(home);
  }

  @AfterEach
  void close() {
    try (TestRepository closing = repository) {
      closing.assertSound();
    }
  }

  @Test
  void equalContent_isStoredOnce() {
    repository.put("/a", BIG);
    repository.put("/b", BIG);
    repository.put("/c", SMALL);
    repository.put("/d", SMALL);
    repository.copy("/a", "/e");
    assertEquals(2, repository.number("SELECT COUNT(*) FROM content"));
    assertEquals(1, repository.blobs().size());
  }

  @Test
  void contentNobodyRefersTo_goesWhenTheGraceIsOver() throws IOException {
    repository.put("/a", BIG);
    repository.put("/b", SMALL);
    DocumentResource inHand = (DocumentResource) repository.store.find(path("/a")).orElseThrow();
    repository.put("/a", content(100, 3));
    repository.store.delete(path("/b"));
    repository.pass(TestRepository.GRACE.minusSeconds(1));
    repository.store.sweeper().sweep();
    try (InputStream in = inHand.open(0, inHand.length())) {
      assertArrayEquals(BIG, in.readAllBytes());
    }
    repository.pass(Duration.ofSeconds(1));
    repository.store.sweeper().sweep();
    assertEquals(List.of(), repository.blobs());
    assertEquals(1, repository.number("SELECT COUNT(*) FROM content"));
    repository.assertSwept();
  }

  @Test
  void contentStillReferredTo_stays() {
    repository.put("/a", BIG);
    repository.copy("/a", "/b");
    repository.store.delete(path("/a"));
    repository.sweepAfterGrace();
    assertArrayEquals(BIG, repository.read("/b"));
    repository.store.delete(path("/b"));
    repository.put("/c", BIG);
    repository.sweepAfterGrace();
    assertArrayEquals(BIG, repository.read("/c"));
    repository.assertSwept();
  }

  @Test
  void uploadNotYetPut_keepsItsFile() {
    repository.put("/a", BIG);
    try (Upload upload = repository.receive(BIG)) {
      repository.store.delete(path("/a"));
      repository.sweepAfterGrace();
      repository.transaction(() -> repository.put("/b", upload));
    }
    assertArrayEquals(BIG, repository.read("/b"));
  }

  @Test
  void uploadGivenUp_takesItsFileAlong() {
    Upload first = repository.receive(BIG);
    Upload second = repository.receive(BIG);
    first.close();
    assertEquals(1, repository.blobs().size());
    second.close();
    second.close();
    assertEquals(List.of(), repository.blobs());
    repository.assertSwept();
  }

  @Test
  void copyUnderWay_keepsWhatItsSourceReferredTo() {
    repository.createCollection("/c");
    repository.put("/c/big", BIG);
    repository.put("/c/small", SMALL);
    repository.put("/once", BIG);
    repository.store.delete(path("/once")); // an older note of content the copy will want
    Progress deleting =
        deletingAtFirstMember(
            () -> {
              repository.store.deleteTree(path("/c"));
              repository.sweepAfterGrace();
            });
    try (StagedTree staged = repository.store.stage(path("/c"), Depth.INFINITY, "bob", deleting)) {
      repository.transaction(() -> staged.attach(path("/d")));
    }
    repository.sweepAfterGrace();
    assertArrayEquals(BIG, repository.read("/d/big"));
    assertArrayEquals(SMALL, repository.read("/d/small"));
    repository.assertSwept();
  }

  @Test
  void copiedDocumentNotYetAttached_keepsItsContent() {
    repository.put("/a", BIG);
    try (StagedTree staged =
        repository.store.stage(path("/a"), Depth.INFINITY, "bob", Progress.NONE)) {
      repository.store.delete(path("/a"));
      repository.sweepAfterGrace();
      repository.transaction(() -> staged.attach(path("/b")));
    }
    repository.sweepAfterGrace();
    assertArrayEquals(BIG, repository.read("/b"));
    repository.assertSwept();
  }

  @Test
  void equalContentPutAgainWhileSwept_isNeverLost() {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> sweeping =
        CompletableFuture.runAsync(
            () -> {
              while (!done.get()) {
                repository.sweepAfterGrace();
              }
            });
    List<CompletableFuture<Void>> putting =
        Stream.of("/a", "/b")
            .map(name -> CompletableFuture.runAsync(() -> putAndDelete(name)))
            .toList();
    putting.forEach(CompletableFuture::join);
    done.set(true);
    sweeping.join();
    repository.sweepAfterGrace();
    repository.assertSwept();
  }

  private void putAndDelete(String name) {
    for (int i = 0; i < 150; i++) {
      repository.put(name, BIG);
      assertArrayEquals(BIG, repository.read(name));
      repository.transaction(() -> repository.store.delete(path(name)));
    }
  }

  @Test
  void deepTreeDeleted_isPurgedInChunks() {
    StringBuilder deep = new StringBuilder();
    for (int level = 0; level < 50; level++) {
      repository.createCollection(deep.append("/l").toString());
      String collection = deep.toString();
      repository.transaction(() -> fill(collection));
    }
    repository.store.deleteTree(path("/l"));
    repository.sweepAfterGrace();
    assertEquals(0, repository.number("SELECT COUNT(*) FROM content"));
    repository.assertSwept();
  }

  private void fill(String collection) {
    for (int i = 0; i < 30; i++) {
      try (Upload upload = repository.receive(content(50, i))) {
        repository.put(collection + "/d" + i, upload);
      }
    }
    repository.store.createCollection(path(collection + "/e"), "alice");
  }

  @Test
  void leftoversOfACrash_goAtTheNextStart() throws IOException {
    repository.put("/a", BIG);
    repository.createCollection("/c");
    repository.put("/c/d", SMALL);
    repository.store.stage(path("/c"), Depth.INFINITY, "bob", Progress.NONE); // never closed
    Upload neverPut = repository.receive(content(200_000, 9));
    Files.write(repository.database.home().incoming().resolve("put123"), SMALL);
    assertTrue(neverPut.length() > 0);
    repository.close();
    assertEquals(2, repository.blobs().size());
    open();
    repository.sweepAfterGrace();
    repository.assertSwept();
    assertArrayEquals(BIG, repository.read("/a"));
    assertEquals(3, repository.countBelow("/"));
  }

  private static Progress deletingAtFirstMember(Runnable delete) {
    return new Progress() {
      private boolean deleted;

      @Override
      public void expect(long total) {}

      @Override
      public void member(ResourcePath current) {
        if (!deleted) {
          deleted = true;
          delete.run();
        }
      }

      @Override
      public void bytes(long count) {}
    };
  }
}
