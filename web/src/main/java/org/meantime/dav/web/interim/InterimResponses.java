package org.meantime.dav.web.interim;

import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Finds the adapter of the container at hand. Whatever goes wrong in an adapter, the request goes
 * on without.
 */
public final class InterimResponses {
  private static final System.Logger LOG = System.getLogger(InterimResponses.class.getName());
  private final List<InterimAdapter> adapters;
  private final AtomicBoolean told = new AtomicBoolean();

  /** With the adapters this application brings. */
  public InterimResponses() {
    this(load());
  }

  InterimResponses(List<InterimAdapter> adapters) {
    this.adapters = List.copyOf(adapters);
  }

  /** The engine's side of a request; one that can do nothing where no adapter supports it. */
  public RawExchange open(HttpServletRequest request) {
    HttpServletRequest own = innermost(request);
    for (InterimAdapter adapter : adapters) {
      try {
        if (adapter.supports(own)) {
          return new GuardedExchange(adapter.open(own));
        }
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.DEBUG, () -> adapter.getClass().getName() + " is not for this server", e);
      }
    }
    if (!told.getAndSet(true)) {
      LOG.log(
          Level.INFO,
          "this server can send no 102 Processing: no adapter knows a {0}",
          own.getClass().getName());
    }
    return NoInterim.INSTANCE;
  }

  /** Has each engine that is there guarded, until what is returned is closed. */
  public AutoCloseable guard(String context) {
    List<AutoCloseable> guards = new ArrayList<>();
    for (InterimAdapter adapter : adapters) {
      try {
        adapter.guard(context).ifPresent(guards::add);
      } catch (RuntimeException | LinkageError e) {
        LOG.log(Level.DEBUG, () -> adapter.getClass().getName() + " is not for this server", e);
      }
    }
    return () -> {
      for (AutoCloseable guard : guards) {
        guard.close();
      }
    };
  }

  private static HttpServletRequest innermost(HttpServletRequest request) {
    HttpServletRequest inner = request;
    while (inner instanceof ServletRequestWrapper wrapper
        && wrapper.getRequest() instanceof HttpServletRequest wrapped) {
      inner = wrapped;
    }
    return inner;
  }

  static List<InterimAdapter> load() {
    List<InterimAdapter> found = new ArrayList<>();
    Iterator<InterimAdapter> each =
        ServiceLoader.load(InterimAdapter.class, InterimResponses.class.getClassLoader())
            .iterator();
    while (true) {
      try {
        if (!each.hasNext()) {
          return found;
        }
        found.add(each.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        LOG.log(Level.DEBUG, "an interim adapter cannot be loaded here", e);
      }
    }
  }
}
