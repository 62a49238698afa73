package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.await;
import static org.meantime.dav.store.repository.TestRepository.content;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;

/** Steps that wait for one that is running become one group with it. */
@Timeout(60)
class WriterTest {
  @TempDir Path home;
  private TestRepository repository;

  @BeforeEach
  void open() {
    repository = new TestRepository(home);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  /** A step on a thread of its own. */
  private record Writing(Thread thread, FutureTask<Void> task) {
    static Writing begin(Runnable step) {
      FutureTask<Void> task = new FutureTask<>(step, null);
      Writing writing = new Writing(new Thread(task), task);
      writing.thread.start();
      return writing;
    }

    void awaitItWaits() {
      while (thread.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
    }

    Throwable failure() {
      return assertThrows(ExecutionException.class, task::get).getCause();
    }
  }

  /** Runs the steps, each on its own thread, as one group. */
  private List<Writing> together(Runnable... steps) {
    CountDownLatch mayRun = new CountDownLatch(1);
    List<Writing> all = new ArrayList<>();
    for (Runnable step : steps) {
      Runnable first = all.isEmpty() ? () -> await(mayRun) : () -> {};
      all.add(Writing.begin(() -> repository.transaction(then(first, step))));
      all.get(all.size() - 1).awaitItWaits(); // the first in its step, the others for their turn
    }
    mayRun.countDown();
    return all;
  }

  private static Runnable then(Runnable one, Runnable other) {
    return () -> {
      one.run();
      other.run();
    };
  }

  @Test
  void thoseThatWait_areCommittedTogetherAndNotTold() throws Exception {
    List<Boolean> seenByOthers = new ArrayList<>();
    CompletableFuture<Writing> first = new CompletableFuture<>();
    List<Writing> writing =
        together(
            () -> create("/a"),
            () -> {
              assertTrue(repository.exists("/a"), "it was written before");
              seenByOthers.add(CompletableFuture.supplyAsync(() -> repository.exists("/a")).join());
              seenByOthers.add(first.join().task().isDone());
              create("/b");
            });
    first.complete(writing.get(0));
    for (Writing one : writing) {
      one.task().get();
    }
    assertEquals(List.of(false, false), seenByOthers);
    assertTrue(repository.exists("/a") && repository.exists("/b"));
  }

  @Test
  void stepThatFails_isUndoneAlone() throws Exception {
    List<Writing> writing =
        together(
            () -> create("/a"),
            () -> {
              create("/b");
              throw new DavException(Status.CONFLICT, "no");
            },
            () -> {
              assertFalse(repository.exists("/b"));
              create("/c");
            });
    writing.get(0).task().get();
    writing.get(2).task().get();
    assertEquals(Status.CONFLICT, ((DavException) writing.get(1).failure()).status());
    assertTrue(repository.exists("/a") && repository.exists("/c"));
    assertFalse(repository.exists("/b"));
  }

  @Test
  void diskFull_failsThoseOfTheGroupBeforeAsWell() throws Exception {
    repository.database.write(session -> session.number("PRAGMA max_page_count = 60"));
    List<Writing> writing = together(() -> create("/a"), this::fill, () -> create("/c"));
    assertEquals(Status.INSUFFICIENT_STORAGE, ((DavException) writing.get(0).failure()).status());
    assertEquals(Status.INSUFFICIENT_STORAGE, ((DavException) writing.get(1).failure()).status());
    writing.get(2).task().get();
    assertEquals(1, repository.countBelow("/"));
    repository.assertSound();
  }

  private void fill() {
    for (int i = 0; i < 100; i++) {
      repository.put("/d" + i, content(50_000, i));
    }
  }

  private void create(String path) {
    repository.createCollection(path);
  }
}
