package org.meantime.dav.web;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The container's executor, and how much may be with it at once: some executors queue without end,
 * and who waits in a queue hears nothing.
 */
final class Workers {
  private static final System.Logger LOG = System.getLogger(Workers.class.getName());

  private final Executor executor;
  private final LongSupplier limit;
  private final AtomicLong inHand = new AtomicLong();

  Workers(Executor executor, LongSupplier limit) {
    this.executor = executor;
    this.limit = limit;
  }

  /** Those that {@link #serve} that application. */
  static Workers of(ServletContext application) {
    return (Workers) application.getAttribute(Workers.class.getName());
  }

  void serve(ServletContext application) {
    application.setAttribute(Workers.class.getName(), this);
  }

  /** Has the work run on another thread; false, at once, where there is no room for it. */
  boolean take(Runnable work) {
    if (inHand.incrementAndGet() > limit.getAsLong()) {
      inHand.decrementAndGet();
      return false;
    }
    try {
      executor.execute(() -> run(work));
      return true;
    } catch (RejectedExecutionException | IllegalStateException e) { // full, or being undeployed
      inHand.decrementAndGet();
      LOG.log(Level.DEBUG, "the executor took no work: {0}", e.getMessage());
      return false;
    }
  }

  private void run(Runnable work) {
    try {
      work.run();
    } finally {
      inHand.decrementAndGet();
    }
  }
}
