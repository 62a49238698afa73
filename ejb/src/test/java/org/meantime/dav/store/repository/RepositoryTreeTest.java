package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.bytes;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.GoneException;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Upload;

class RepositoryTreeTest {
  @TempDir Path home;
  private TestRepository repository;
  private RepositoryStore store;

  @BeforeEach
  void open() {
    repository = new TestRepository(home);
    store = repository.store;
  }

  @AfterEach
  void close() {
    try (TestRepository closing = repository) {
      closing.assertSound();
    }
  }

  // There are a collection /c with a document /c/d, and a document /x
  @ParameterizedTest
  @CsvSource({
    "put of a collection's name,       put,     /c,   '',     405",
    "put of the root,                  put,     /,    '',     405",
    "put below nothing,                put,     /n/d, '',     409",
    "put below a document,             put,     /x/d, '',     409",
    "collection of a taken name,       collect, /x,   '',     405",
    "collection below nothing,         collect, /n/d, '',     409",
    "collection below a document,      collect, /x/d, '',     409",
    "update of nothing,                update,  /n,   '',     404",
    "delete of nothing,                delete,  /n,   '',     404",
    "delete of a collection not empty, delete,  /c,   '',     409",
    "delete of the root,               delete,  /,    '',     403",
    "tree delete of nothing,           tree,    /n,   '',     404",
    "tree delete of the root,          tree,    /,    '',     403",
    "move of nothing,                  move,    /n,   /m,     404",
    "move of the root,                 move,    /,    /c/r,   403",
    "move onto itself,                 move,    /c,   /c,     403",
    "move below itself,                move,    /c,   /c/m,   403",
    "move onto a taken name,           move,    /x,   /c/d,   409",
    "move below nothing,               move,    /x,   /n/m,   409",
    "move below a document,            move,    /c,   /x/m,   409",
    "copy of nothing,                  copy,    /n,   /m,     404",
    "copy onto a taken name,           copy,    /c,   /x,     409",
    "copy onto the root,               copy,    /c,   /,      409",
    "copy below nothing,               copy,    /c,   /n/m,   409",
    "copied document below a document, copy,    /x,   /x/m,   409"
  })
  void changeThatWouldBreakTheTree_isRefused(
      String name, String method, String from, String to, int status) {
    repository.createCollection("/c");
    repository.put("/c/d", bytes("d"));
    repository.put("/x", bytes("x"));
    DavException refused = assertThrows(DavException.class, () -> change(method, from, to), name);
    assertEquals(status, refused.status().code(), name);
    assertEquals(3, repository.countBelow("/"));
  }

  private void change(String method, String from, String to) {
    switch (method) {
      case "put" -> repository.put(from, bytes("new"));
      case "collect" -> repository.createCollection(from);
      case "update" -> store.update(path(from), List.of());
      case "delete" -> store.delete(path(from));
      case "tree" -> store.deleteTree(path(from));
      case "move" -> store.move(path(from), path(to));
      case "copy" -> repository.copy(from, to);
      default -> throw new IllegalArgumentException(method);
    }
  }

  @Test
  void innerTransactionThatFailed_failsTheOuter() {
    assertThrows(
        IllegalStateException.class,
        () ->
            repository.transaction(
                () -> {
                  store.createCollection(path("/c"), "alice");
                  assertThrows(
                      ArithmeticException.class,
                      () ->
                          repository.transaction(
                              () -> {
                                store.createCollection(path("/c/d"), "alice");
                                throw new ArithmeticException();
                              }));
                }));
    assertTrue(store.find(path("/c")).isEmpty());
    repository.createCollection("/c");
  }

  @Test
  void uploadClosedInsideTheTransaction_isStillPut() {
    byte[] big = TestRepository.content(200_000, 3);
    repository.transaction(
        () -> {
          try (Upload upload = repository.receive(big)) {
            repository.put("/a", upload);
          }
        });
    assertEquals(big.length, repository.read("/a").length);
  }

  @Test
  void collectionModified_followsItsMembersAndProperties() {
    repository.createCollection("/c");
    Instant last = modified("/c");
    List<Runnable> changes =
        List.of(
            () -> repository.put("/c/d", bytes("d")),
            () -> repository.createCollection("/c/e"),
            () -> store.update(path("/c"), List.of()),
            () -> store.move(path("/c/d"), path("/c/f")),
            () -> repository.copy("/c/f", "/c/g"),
            () -> store.delete(path("/c/f")),
            () -> store.deleteTree(path("/c/e")));
    for (Runnable change : changes) {
      repository.pass(Duration.ofMillis(1));
      change.run();
      assertEquals(last.plusMillis(1), modified("/c"));
      last = modified("/c");
    }
    repository.pass(Duration.ofMillis(1));
    repository.put("/c/g", bytes("content is no membership"));
    assertEquals(last, modified("/c"));
  }

  @Test
  void documentModified_followsItsContentOnly() {
    repository.put("/d", bytes("d"));
    Instant put = modified("/d");
    repository.pass(Duration.ofSeconds(1));
    store.update(path("/d"), List.of());
    assertEquals(put, modified("/d"));
    repository.put("/d", bytes("d"));
    assertEquals(put.plusSeconds(1), modified("/d"));
    repository.pass(Duration.ofSeconds(1));
    repository.copy("/d", "/e");
    assertEquals(put.plusSeconds(2), modified("/e"));
    assertEquals(put.plusSeconds(2), store.find(path("/e")).orElseThrow().created());
  }

  private Instant modified(String raw) {
    return store.find(path(raw)).orElseThrow().modified();
  }

  @Test
  void entityTag_isThatOfTheContent() {
    repository.put("/a", bytes("same"));
    repository.put("/b", bytes("same"));
    repository.put("/c", bytes("other"));
    assertEquals(document("/a").entityTag(), document("/b").entityTag());
    assertTrue(!document("/a").entityTag().matchesWeakly(document("/c").entityTag()));
  }

  private DocumentResource document(String raw) {
    return (DocumentResource) store.find(path(raw)).orElseThrow();
  }

  @Test
  void twentyThousandMembers_areListedCopiedMovedAndDeleted() {
    repository.createCollection("/c");
    repository.transaction(
        () -> {
          try (Upload upload = repository.receive(bytes("content"))) {
            for (int i = 0; i < 20_000; i++) {
              repository.put("/c/m" + i, upload);
            }
          }
        });
    repository.copy("/c", "/d");
    store.move(path("/d"), path("/c/moved"));
    assertEquals(40_001, repository.countBelow("/c"));
    try (Stream<Resource> members = ((CollectionResource) store.find(path("/c")).get()).members()) {
      Set<String> names = new HashSet<>();
      members.forEach(member -> assertTrue(names.add(member.path().name())));
      assertEquals(20_001, names.size());
    }
    store.deleteTree(path("/c"));
    assertEquals(0, repository.countBelow("/"));
    repository.sweepAfterGrace();
    repository.assertSwept();
  }

  @Test
  void othersWrite_whileATreeIsCopied() {
    repository.createCollection("/c");
    repository.transaction(
        () -> {
          for (int i = 0; i < 5_000; i++) {
            store.createCollection(path("/c/m" + i), "alice");
          }
        });
    int[] count = {0};
    Progress writing =
        new Progress() {
          @Override
          public void expect(long total) {
            assertEquals(5_001, total);
          }

          @Override
          public void member(ResourcePath current) {
            if (count[0]++ % 100 == 0) {
              Thread other = new Thread(() -> repository.createCollection("/o" + count[0]));
              other.start();
              join(other);
            }
          }

          @Override
          public void bytes(long count) {}
        };
    try (StagedTree staged = store.stage(path("/c"), Depth.INFINITY, "bob", writing)) {
      repository.transaction(() -> staged.attach(path("/d")));
    }
    assertEquals(5_000, repository.countBelow("/d"));
    assertEquals(5_000 + 5_000 + 2 + 51, repository.countBelow("/"));
  }

  @Test
  void collectionThatWasDeleted_isNotEmpty() {
    repository.createCollection("/m");
    for (int i = 0; i < 1_001; i++) {
      repository.put("/m/d" + i, bytes("x"));
    }
    CollectionResource found = (CollectionResource) store.find(path("/m")).orElseThrow();
    try (Stream<Resource> members = found.members()) {
      Iterator<Resource> each = members.iterator();
      repository.transaction(() -> store.deleteTree(path("/m")));
      repository.sweepAfterGrace();
      int[] many = new int[1];
      assertThrows(
          GoneException.class,
          () -> {
            for (; each.hasNext(); many[0]++) {
              each.next();
            }
          });
      assertEquals(500, many[0], "a page that was read before");
    }
    assertThrows(GoneException.class, found::members);
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
