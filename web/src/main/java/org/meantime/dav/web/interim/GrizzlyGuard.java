package org.meantime.dav.web.interim;

import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.ArrayList;
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
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http2.Http2ServerFilter;

/**
 * What Grizzly lacks against hostile clients, put in where it can be reached: a {@link
 * GrizzlyProbe} and a {@link GrizzlyHttp2} on each listener. Where something is not as it is known
 * to be, the log says so and requests go on without.
 */
final class GrizzlyGuard {
  private static final System.Logger LOG = System.getLogger(GrizzlyGuard.class.getName());
  private static final String UNGUARDED =
      "requests that are malformed may be taken for others or answered by the server itself,"
          + " content over HTTP/2 that breaks off may be stored, and HTTP/2 connections that break"
          + " off may hold threads of the server";
  private static final String ENDING =
      "org.glassfish.grizzly.http2.Http2Session$ConnectionCloseListener";
  private static final Attribute<Boolean> UNTANGLED =
      Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute("org.meantime.untangled");
  private static final Set<Transport> COVERED = ConcurrentHashMap.newKeySet();
  private static final List<Runnable> UNDO = new ArrayList<>();
  private static final AtomicBoolean TOLD = new AtomicBoolean();
  private static GrizzlyProbe probe;

  private GrizzlyGuard() {}

  /** Begins to look at the requests to the application at that path. */
  static synchronized void begin(String context) {
    probe = new GrizzlyProbe(context);
    try {
      for (Transport listener : listeners()) {
        cover(listener);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "until a first request came to a listener, there " + UNGUARDED, e);
    }
  }

  private static List<Transport> listeners() throws ReflectiveOperationException {
    Class<?> globals = Class.forName("org.glassfish.internal.api.Globals");
    Class<?> service = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
    Object grizzly = globals.getMethod("get", Class.class).invoke(null, service);
    Field proxies = service.getDeclaredField("proxies");
    proxies.setAccessible(true);
    List<Transport> listeners = new ArrayList<>();
    for (Object proxy : (Collection<?>) proxies.get(grizzly)) {
      Object transport = get(get(proxy, "getUnderlyingListener"), "getTransport");
      if (transport != null) { // it is started
        listeners.add((Transport) transport);
      }
    }
    return listeners;
  }

  private static Object get(Object owner, String getter) throws ReflectiveOperationException {
    return owner.getClass().getMethod(getter).invoke(owner);
  }

  /** Takes everything back, or the server would keep an application that has ended. */
  static synchronized void end() {
    probe = null;
    UNDO.forEach(Runnable::run);
    UNDO.clear();
    COVERED.clear();
  }

  /** Sees to the listener of a request where nobody has: one that was begun or changed later. */
  static void meet(Connection<?> connection) {
    if (!COVERED.contains(connection.getTransport())) {
      cover(connection.getTransport());
    }
  }

  private static synchronized void cover(Transport listener) {
    if (probe == null || !COVERED.add(listener)) {
      return;
    }
    try {
      GrizzlyInside.require();
      if (listener.getProcessor() instanceof FilterChain chain) {
        cover(chain);
      }
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      LOG.log(Level.WARNING, "at the listener " + listener.getName() + " " + UNGUARDED, e);
    }
  }

  private static void cover(FilterChain chain) throws ReflectiveOperationException {
    for (int i = 0; i < chain.size(); i++) {
      Filter filter = chain.get(i);
      if (filter instanceof HttpServerFilter codec) {
        cover(codec);
      } else if (filter instanceof Http2ServerFilter engine) {
        cover(chain, i, new GrizzlyHttp2(engine, probe));
      } else if (filter.getClass().getSimpleName().equals("PUFilter")) { // several on one port
        for (Object protocol : (Collection<?>) get(filter, "getProtocols")) {
          cover((FilterChain) get(protocol, "getFilterChain"));
        }
      }
    }
  }

  private static void cover(HttpServerFilter codec) {
    GrizzlyProbe mine = probe;
    codec.getMonitoringConfig().addProbes(mine);
    UNDO.add(() -> codec.getMonitoringConfig().removeProbes(mine));
  }

  /** In the same place: what Grizzly keeps of a connection it finds by the filter's number. */
  private static void cover(FilterChain chain, int place, GrizzlyHttp2 mine) {
    chain.set(place, mine);
    UNDO.add(
        () -> {
          Http2ServerFilter before = mine.retire();
          if (chain.get(place) == mine) { // another application's may stand before it
            chain.set(place, before);
          }
        });
  }

  /**
   * A thread that writes over TLS holds the connection's monitor, and where it finds the connection
   * closed it tells its close listeners; the one of HTTP/2 wants the session's lock, which the
   * thread has that read a GOAWAY and waits for the monitor. So that one is told on a thread of its
   * own.
   */
  static void untangle(Connection<?> connection) {
    if (UNTANGLED.isSet(connection)) {
      return;
    }
    UNTANGLED.set(connection, true);
    try {
      for (Object listener : GrizzlyInside.closeListeners(connection)) {
        if (listener.getClass().getName().equals(ENDING)) {
          CloseListener<?, ?> ending = (CloseListener<?, ?>) listener;
          connection.removeCloseListener(ending);
          connection.addCloseListener(new Apart(ending));
        }
      }
    } catch (RuntimeException e) {
      if (!TOLD.getAndSet(true)) {
        LOG.log(Level.WARNING, "HTTP/2 connections that break off may hold threads", e);
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
