package org.meantime.dav.web.interim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.KeepAlive;
import org.glassfish.grizzly.http2.Http2Configuration;
import org.glassfish.grizzly.http2.Http2ServerFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Grizzly without Payara around it: its listeners are met with their first requests. */
class GrizzlyGuardTest {
  private static final Logger LOG = Logger.getLogger(GrizzlyGuard.class.getName());

  @SuppressWarnings("deprecation") // as Payara does
  private final HttpServerFilter codec =
      new HttpServerFilter(true, 8192, null, new KeepAlive(), null, 100, 100);

  private final Http2ServerFilter http2 =
      new Http2ServerFilter(Http2Configuration.builder().build());
  private final FilterChain chain =
      FilterChainBuilder.stateless().add(new TransportFilter()).add(codec).add(http2).build();
  private final List<LogRecord> told = new ArrayList<>();
  private final Handler handler = new Collecting();

  @BeforeEach
  void listen() {
    LOG.addHandler(handler);
    LOG.setUseParentHandlers(false);
  }

  @AfterEach
  void end() {
    GrizzlyGuard.end();
    LOG.removeHandler(handler);
    LOG.setUseParentHandlers(true);
  }

  @Test
  void listenersThatCannotBeFound_areTold() {
    GrizzlyGuard.begin("/meantime");
    assertEquals(List.of(Level.WARNING), told.stream().map(LogRecord::getLevel).toList());
  }

  @Test
  void firstRequest_hasItsListenerGuarded() {
    GrizzlyGuard.begin("/meantime");
    Connection<?> connection = connection();
    GrizzlyGuard.meet(connection);
    GrizzlyGuard.meet(connection);
    assertEquals(1, codec.getMonitoringConfig().getProbes().length);
    assertInstanceOf(GrizzlyHttp2.class, chain.get(2));
    assertEquals(1, told.size());

    GrizzlyGuard.end();
    assertEquals(0, codec.getMonitoringConfig().getProbes().length);
    assertSame(http2, chain.get(2));
    GrizzlyGuard.meet(connection);
    assertSame(http2, chain.get(2));
  }

  private Connection<?> connection() {
    TCPNIOTransport listener = TCPNIOTransportBuilder.newInstance().build();
    listener.setProcessor(chain);
    return (Connection<?>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> listener);
  }

  private final class Collecting extends Handler {
    @Override
    public void publish(LogRecord log) {
      told.add(log);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
