package org.meantime.it.http;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** An answer that is being received: what has come so far, with the time it came. */
public final class PendingResponse {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final List<Head> interims = new ArrayList<>();
  private final CompletableFuture<Response> response = new CompletableFuture<>();

  private PendingResponse() {}

  interface Reception {
    Response receive(Consumer<Head> seen) throws IOException;
  }

  static PendingResponse of(Reception reception) {
    PendingResponse pending = new PendingResponse();
    Thread thread = new Thread(() -> pending.receive(reception), "response");
    thread.setDaemon(true);
    thread.start();
    return pending;
  }

  private void receive(Reception reception) {
    try {
      response.complete(reception.receive(this::see));
    } catch (IOException | RuntimeException e) {
      response.completeExceptionally(e);
    } finally {
      wake();
    }
  }

  private synchronized void see(Head interim) {
    interims.add(interim);
    notifyAll();
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Waits until so many interim responses have come in all. */
  public synchronized PendingResponse awaitInterims(int count) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (interims.size() < count && !response.isDone() && System.nanoTime() < end) {
        wait(1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return interims.size() < count
        ? fail("only " + interims.size() + " interim responses; " + response)
        : this;
  }

  /** Waits for so many more than have come until now. */
  public PendingResponse awaitMoreInterims(int count) {
    return awaitInterims(countInterims() + count);
  }

  public synchronized int countInterims() {
    return interims.size();
  }

  /** Whether the answer is complete, or will never be. */
  public boolean isDone() {
    return response.isDone();
  }

  /** Waits for the final response and its body. */
  public Response response() {
    try {
      return response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      return fail(e);
    }
  }

  /** Waits for the answer to break off. */
  public IOException failure() {
    try {
      return fail("whole: " + response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e.getCause() instanceof IOException io ? io : fail(e);
    } catch (TimeoutException | InterruptedException e) {
      return fail(e);
    }
  }
}
