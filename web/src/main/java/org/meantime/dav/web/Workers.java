package org.meantime.dav.web;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
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
  private final LongSupplier share;
  private final AtomicLong inHand = new AtomicLong();
  private final Map<String, Integer> ofUsers = new ConcurrentHashMap<>();

  /**
   * Takes as much as that.
   *
   * @param limit the most in all
   * @param share the most of one user, so that none keeps the others out
   */
  Workers(Executor executor, LongSupplier limit, LongSupplier share) {
    this.executor = executor;
    this.limit = limit;
    this.share = share;
  }

  /** Those that {@link #serve} that application. */
  static Workers of(ServletContext application) {
    return (Workers) application.getAttribute(Workers.class.getName());
  }

  void serve(ServletContext application) {
    application.setAttribute(Workers.class.getName(), this);
  }

  /** Has the work run on another thread; says, at once, why there is no room for it. */
  Optional<String> take(String user, Runnable work) {
    if (ofUsers.merge(user, 1, Integer::sum) > share.getAsLong()) {
      leave(user);
      return Optional.of("too much work of yours in hand");
    }
    if (inHand.incrementAndGet() > limit.getAsLong() || !hand(user, work)) {
      inHand.decrementAndGet();
      leave(user);
      return Optional.of("too much work in hand");
    }
    return Optional.empty();
  }

  private boolean hand(String user, Runnable work) {
    try {
      executor.execute(() -> run(user, work));
      return true;
    } catch (RejectedExecutionException | IllegalStateException e) { // full, or being undeployed
      LOG.log(Level.DEBUG, "the executor took no work: {0}", e.getMessage());
      return false;
    }
  }

  private void run(String user, Runnable work) {
    try {
      work.run();
    } finally {
      inHand.decrementAndGet();
      leave(user);
    }
  }

  private void leave(String user) {
    ofUsers.computeIfPresent(user, (name, count) -> count > 1 ? count - 1 : null);
  }
}
