package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.opentest4j.TestAbortedException;

/** A client that is at it, on a thread of its own. */
record Running(Client client, Site site, CompletableFuture<Void> session) implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 60;

  static Running begin(Client client, Site site) {
    CompletableFuture<Void> session = start(() -> client.session().run(site));
    return new Running(client, site, session);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static CompletableFuture<Void> start(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
                done.complete(null);
              } catch (Throwable e) {
                done.completeExceptionally(e);
              }
            },
            "client");
    thread.setDaemon(true);
    thread.start();
    return done;
  }

  /** Whether it has not ended yet, the way it should or otherwise. */
  boolean isLive() {
    return !session.isDone();
  }

  /** Waits for the session to end, and throws what it threw. */
  void finish() throws Throwable {
    try {
      session.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** Waits for the session to fail while its work still stands. */
  Throwable failure() throws Exception {
    try {
      session.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return fail("it did not fail");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TestAbortedException aborted) {
        throw aborted;
      }
      return e.getCause();
    }
  }

  long countInterims() {
    return site.wiretap().countInterims();
  }

  @Override
  public void close() throws IOException {
    site.wiretap().close();
  }
}
