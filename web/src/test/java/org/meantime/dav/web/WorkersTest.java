package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class WorkersTest {
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private long limit = 2;
  private long share = 9;

  private Workers workers(Executor executor) {
    return new Workers(executor, () -> limit, () -> share);
  }

  @Test
  void moreThanTheLimit_isNotEvenQueued() {
    Workers workers = workers(queue::add);
    assertTrue(workers.take("alice", () -> {}).isEmpty());
    assertTrue(workers.take("alice", () -> {}).isEmpty());
    assertFalse(workers.take("alice", () -> {}).isEmpty());
    assertEquals(2, queue.size());
  }

  @Test
  void workThatEnded_leavesRoom() {
    Workers workers = workers(queue::add);
    workers.take("alice", () -> {});
    workers.take("alice", () -> {});
    queue.remove().run();
    assertTrue(workers.take("alice", () -> {}).isEmpty());
    assertFalse(workers.take("alice", () -> {}).isEmpty());
  }

  @Test
  void workThatThrew_leavesRoom() {
    limit = 1;
    Workers workers = workers(queue::add);
    workers.take(
        "alice",
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThrows(IllegalStateException.class, () -> queue.remove().run());
    assertTrue(workers.take("alice", () -> {}).isEmpty());
  }

  @Test
  void anExecutorThatIsFull_takesNoneAndKeepsNoRoom() {
    boolean[] full = {true};
    limit = 1;
    Workers workers =
        workers(
            work -> {
              if (full[0]) {
                throw new RejectedExecutionException("full");
              }
            });
    assertFalse(workers.take("alice", () -> {}).isEmpty());
    assertFalse(workers.take("alice", () -> {}).isEmpty());
    full[0] = false;
    assertTrue(workers.take("alice", () -> {}).isEmpty());
  }

  @Test
  void anotherLimit_holdsAtOnce() {
    Workers workers = workers(queue::add);
    workers.take("alice", () -> {});
    limit = 1;
    assertFalse(workers.take("alice", () -> {}).isEmpty());
    limit = 3;
    assertTrue(workers.take("alice", () -> {}).isEmpty());
  }

  @Test
  void moreThanTheShareOfAUser_isRefusedToThatUserAlone() {
    share = 1;
    Workers workers = workers(queue::add);
    assertTrue(workers.take("alice", () -> {}).isEmpty());
    assertEquals("too much work of yours in hand", workers.take("alice", () -> {}).orElseThrow());
    assertTrue(workers.take("bob", () -> {}).isEmpty());
    queue.remove().run();
    queue.remove().run();
    assertTrue(workers.take("alice", () -> {}).isEmpty());
  }
}
