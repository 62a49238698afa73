package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.bytes;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.StagedTree;

/** Sixteen threads on one small tree, so that they keep meeting. */
class HammerTest {
  private static final int THREADS = 16;
  private static final int CHANGES = 150;
  private static final int MOST_COPIED = 150;

  @TempDir Path home;
  private TestRepository repository;
  private final AtomicInteger done = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  @Test
  void sixteenThreadsOnOneTree_leaveItSound() {
    repository = new TestRepository(home, Duration.ZERO);
    repository.createCollection("/kept");
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<CompletableFuture<Void>> running =
          IntStream.range(0, THREADS)
              .mapToObj(seed -> CompletableFuture.runAsync(() -> hammer(seed), threads))
              .toList();
      running.forEach(CompletableFuture::join);
    } finally {
      threads.shutdown();
    }
    assertKept();
    assertRecalled(ResourcePath.ROOT, 0);
    assertTrue(done.get() > THREADS * CHANGES / 10, done + " done, " + refused + " refused");
    repository.sweepAfterGrace();
    repository.assertSwept();
    repository.close();
  }

  private void hammer(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < CHANGES; i++) {
      try {
        change(random);
        done.incrementAndGet();
      } catch (DavException e) {
        assertTrue(!e.status().equals(Status.INTERNAL_SERVER_ERROR));
        refused.incrementAndGet();
      }
      if (i % 10 == 0) {
        repository.put("/kept/t" + seed + "-" + i, kept(seed, i));
      }
    }
  }

  private void assertRecalled(ResourcePath path, int depth) {
    repository.assertRecalled(path);
    for (char name = 'a'; depth < 4 && name < 'd'; name++) {
      assertRecalled(path.member(String.valueOf(name)), depth + 1);
    }
  }

  private static byte[] kept(int seed, int i) {
    // Every second one is what the other changes keep putting and deleting.
    return i % 20 == 0 ? content(70_000, i % 4) : bytes("thread " + seed + " number " + i);
  }

  private void assertKept() {
    for (int seed = 0; seed < THREADS; seed++) {
      for (int i = 0; i < CHANGES; i += 10) {
        assertArrayEquals(kept(seed, i), repository.read("/kept/t" + seed + "-" + i));
      }
    }
    assertEquals(THREADS * CHANGES / 10, repository.countBelow("/kept"));
  }

  private void change(Random random) {
    ResourcePath one = anywhere(random);
    ResourcePath other = anywhere(random);
    switch (random.nextInt(11)) {
      case 0, 1 ->
          repository.put(
              one.toString(), content(random.nextBoolean() ? 70_000 : 50, random.nextInt(4)));
      case 2, 3 -> repository.createCollection(one.toString());
      case 4, 5 -> repository.transaction(() -> repository.store.move(one, other));
      case 6 -> copy(one, other);
      case 7 -> repository.transaction(() -> repository.store.deleteTree(one));
      case 8 -> moveOver(one, other);
      case 9 -> repository.assertRecalled(one);
      default -> walk(repository.store.find(one).orElse(null), 0);
    }
  }

  /** One of 120 paths, up to four levels deep. */
  private static ResourcePath anywhere(Random random) {
    ResourcePath path = ResourcePath.ROOT;
    int depth = 1 + random.nextInt(4);
    for (int level = 0; level < depth; level++) {
      path = path.member(String.valueOf((char) ('a' + random.nextInt(3))));
    }
    return path;
  }

  private void copy(ResourcePath source, ResourcePath destination) {
    try (StagedTree staged = repository.store.stage(source, Depth.INFINITY, "bob", few())) {
      repository.transaction(
          () -> {
            if (repository.store.find(destination).isPresent()) {
              repository.store.deleteTree(destination);
            }
            staged.attach(destination);
          });
    }
  }

  private void moveOver(ResourcePath source, ResourcePath destination) {
    repository.transaction(
        () -> {
          if (repository.store.find(destination).isPresent() && !destination.contains(source)) {
            repository.store.deleteTree(destination);
          }
          repository.store.move(source, destination);
        });
  }

  private void walk(Resource resource, int depth) {
    if (resource instanceof CollectionResource collection && depth < 6) {
      try (Stream<Resource> members = collection.members()) {
        members.forEach(member -> walk(member, depth + 1));
      }
    }
  }

  /** Cancels a copy that grows too big: copies of copies would double without end. */
  private static Progress few() {
    return new Progress() {
      private int members;

      @Override
      public void expect(long total) {}

      @Override
      public void member(ResourcePath current) {
        if (++members > MOST_COPIED) {
          throw new DavException(Status.SERVICE_UNAVAILABLE, "too big");
        }
      }

      @Override
      public void bytes(long count) {}
    };
  }

  @Test
  void crossingMoves_makeNoCycle() {
    repository = new TestRepository(home);
    for (int i = 0; i < 100; i++) {
      repository.createCollection("/a");
      repository.createCollection("/b");
      CompletableFuture<Void> oneWay = CompletableFuture.runAsync(() -> tryMove("/a", "/b/a"));
      CompletableFuture<Void> otherWay = CompletableFuture.runAsync(() -> tryMove("/b", "/a/b"));
      CompletableFuture.allOf(oneWay, otherWay).join();
      assertTrue(repository.exists("/a/b") ^ repository.exists("/b/a"));
      assertEquals(2, repository.countBelow("/"));
      String left = repository.exists("/a") ? "/a" : "/b";
      repository.transaction(() -> repository.store.deleteTree(path(left)));
    }
    repository.assertSound();
    repository.close();
  }

  private void tryMove(String from, String to) {
    try {
      repository.transaction(() -> repository.store.move(path(from), path(to)));
    } catch (DavException e) {
      refused.incrementAndGet();
    }
  }
}
