package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.InterruptedIOException;
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
final class SecondThread implements AutoCloseable {
  private final ExecutorService thread;
  private Future<?> task = CompletableFuture.completedFuture(null);

  SecondThread(String name) {
    thread = Executors.newSingleThreadExecutor(work -> thread(work, name));
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(null, work, name, 0, false); // nobody's identity goes with it
    thread.setDaemon(true);
    return thread;
  }

  boolean isIdle() {
    return task.isDone();
  }

  /** Begins a task, once the one before has ended. */
  void begin(Callable<?> next) throws IOException {
    await();
    task = thread.submit(next);
  }

  /** Waits for the end of the task, and throws the {@link IOException} it failed with. */
  void await() throws IOException {
    try {
      task.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    thread.shutdown();
  }
}
