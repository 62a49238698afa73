package org.meantime.dav;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Does one task at a time beside its caller, on a thread that begins with the first and ends once
 * it is closed. Used by one thread.
 */
public final class SecondThread implements AutoCloseable {
  private final String name;
  private Optional<ExecutorService> thread = Optional.empty(); // most have nothing to do
  private Future<?> task = CompletableFuture.completedFuture(null);

  /** None yet; {@code name} is for who looks at threads. */
  public SecondThread(String name) {
    this.name = name;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, name, 0, false); // nobody's identity goes with it
    thread.setDaemon(true);
    return thread;
  }

  /** Whether it has nothing to do. */
  public boolean isIdle() {
    return task.isDone();
  }

  /** Begins a task, once the one before has ended; throws what that failed with. */
  public void begin(Callable<?> next) throws IOException {
    await();
    if (thread.isEmpty()) {
      thread = Optional.of(Executors.newSingleThreadExecutor(this::thread));
    }
    task = thread.get().submit(next);
  }

  /**
   * Waits for the end of the task, and throws the {@link IOException} or the unchecked exception it
   * failed with.
   */
  public void await() throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for the end of the task, whatever comes of it. */
  @Override
  public void close() {
    thread.ifPresent(ExecutorService::shutdown);
    boolean interrupted = false;
    while (!task.isDone()) {
      try {
        task.get();
      } catch (InterruptedException e) {
        interrupted = true;
      } catch (ExecutionException e) {
        // whoever wanted to know has waited for it
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
