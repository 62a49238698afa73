package org.meantime.dav.web.interim;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * What Grizzly lacks against hostile clients, put in where it can be reached: a {@link
 * GrizzlyProbe} on each listener, and HTTP/2 connections whose end deadlocks nobody. Where
 * something is not as it is known to be, requests go on without.
 */
final class GrizzlyGuard {
  private static final System.Logger LOG = System.getLogger(GrizzlyGuard.class.getName());
  private static final String ENDING =
      "org.glassfish.grizzly.http2.Http2Session$ConnectionCloseListener";
  private static final Attribute<Boolean> UNTANGLED =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("org.meantime.untangled");
  private static final Set<HttpServerFilter> PROBED = ConcurrentHashMap.newKeySet();
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static volatile GrizzlyProbe probe;

  private GrizzlyGuard() {}

  /** Begins to look at the requests to the application at that path. */
  static void begin(String context) {
    probe = new GrizzlyProbe(context);
    try {
      Class<?> globals = Class.forName("org.glassfish.internal.api.Globals");
      Class<?> service = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
      Object grizzly = globals.getMethod("get", Class.class).invoke(null, service);
      Field proxies = service.getDeclaredField("proxies");
      proxies.setAccessible(true);
      for (Object proxy : (Collection<?>) proxies.get(grizzly)) {
        Object listener = proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
        Object filters =
            listener
                .getClass()
                .getMethod("getFilters", Class.class)
                .invoke(listener, HttpServerFilter.class);
        ((List<?>) filters).forEach(filter -> probe((HttpServerFilter) filter));
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.DEBUG, "the listeners are met with their first requests", e);
    }
  }

  /** Takes everything back, or the server would keep an application that has ended. */
  static void end() {
    GrizzlyProbe ended = probe;
    probe = null;
    PROBED.forEach(filter -> filter.getMonitoringConfig().removeProbes(ended));
    PROBED.clear();
  }

  /** Sees to the listener and the connection of a request, where nobody has. */
  static void meet(FilterChain chain, Connection<?> connection, boolean http2) {
    try {
      if (http2) {
        untangle(connection);
      } else if (PROBED.isEmpty() && probe != null) {
        chain.stream()
            .filter(HttpServerFilter.class::isInstance)
            .forEach(filter -> probe((HttpServerFilter) filter));
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      if (!TOLD.getAndSet(true)) {
        LOG.log(Level.WARNING, "requests go on without what Grizzly lacks", e);
      }
    }
  }

  private static void probe(HttpServerFilter filter) {
    GrizzlyProbe mine = probe;
    if (mine != null && PROBED.add(filter)) {
      filter.getMonitoringConfig().addProbes(mine);
    }
  }

  /**
   * A thread that writes over TLS holds the connection's monitor, and where it finds the connection
   * closed it tells its close listeners; the one of HTTP/2 wants the session's lock, which the
   * thread has that read a GOAWAY and waits for the monitor. So that one is told on a thread of its
   * own.
   */
  private static void untangle(Connection<?> connection) throws ReflectiveOperationException {
    if (UNTANGLED.isSet(connection)) {
      return;
    }
    UNTANGLED.set(connection, true);
    Field listeners = NIOConnection.class.getDeclaredField("closeListeners");
    listeners.setAccessible(true);
    for (Object listener : (Collection<?>) listeners.get(connection)) {
      if (listener.getClass().getName().equals(ENDING)) {
        CloseListener<?, ?> ending = (CloseListener<?, ?>) listener;
        connection.removeCloseListener(ending);
        connection.addCloseListener(new Apart(ending));
      }
    }
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // as Grizzly has it
  private record Apart(CloseListener listener) implements CloseListener<Closeable, CloseType> {
    @Override
    public void onClosed(Closeable closed, CloseType type) {
      Thread thread = new Thread(null, () -> tell(closed, type), "meantime-http2-end", 0, false);
      thread.setDaemon(true);
      thread.start();
    }

    private void tell(Closeable closed, CloseType type) {
      try {
        listener.onClosed(closed, type);
      } catch (Exception e) {
        LOG.log(Level.DEBUG, "the end of an HTTP/2 connection", e);
      } catch (Error e) {
        LOG.log(Level.ERROR, "an HTTP/2 connection was not ended", e);
      }
    }
  }
}
