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

  private Workers workers(Executor executor) {
    return new Workers(executor, () -> limit);
  }

  @Test
  void moreThanTheLimit_isNotEvenQueued() {
    Workers workers = workers(queue::add);
    assertTrue(workers.take(() -> {}));
    assertTrue(workers.take(() -> {}));
    assertFalse(workers.take(() -> {}));
    assertEquals(2, queue.size());
  }

  @Test
  void workThatEnded_leavesRoom() {
    Workers workers = workers(queue::add);
    workers.take(() -> {});
    workers.take(() -> {});
    queue.remove().run();
    assertTrue(workers.take(() -> {}));
    assertFalse(workers.take(() -> {}));
  }

  @Test
  void workThatThrew_leavesRoom() {
    limit = 1;
    Workers workers = workers(queue::add);
    workers.take(
        () -> {
          throw new IllegalStateException("a bug");
        });
    assertThrows(IllegalStateException.class, () -> queue.remove().run());
    assertTrue(workers.take(() -> {}));
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
    assertFalse(workers.take(() -> {}));
    assertFalse(workers.take(() -> {}));
    full[0] = false;
    assertTrue(workers.take(() -> {}));
  }

  @Test
  void anotherLimit_holdsAtOnce() {
    Workers workers = workers(queue::add);
    workers.take(() -> {});
    limit = 1;
    assertFalse(workers.take(() -> {}));
    limit = 3;
    assertTrue(workers.take(() -> {}));
  }
}
