package org.meantime.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.management.Attribute;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;

/** What an administrator sees of the application over a JMX connection to the server. */
public final class Jmx implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String DOMAIN = "org.meantime.dav";

  private final JMXConnector connector;
  private final MBeanServerConnection connection;

  private Jmx(Container server) throws IOException {
    connector = JMXConnectorFactory.connect(server.jmx(), server.jmxLogin());
    connection = connector.getMBeanServerConnection();
  }

  public static Jmx connect() throws IOException {
    return new Jmx(Container.current());
  }

  /** The rest of what can be seen over this connection, until it is closed. */
  public Jvm jvm() {
    return new Jvm(connection);
  }

  /**
   * @param type {@code Settings} or {@code Operations}
   */
  public Object get(String type, String attribute) {
    try {
      return connection.getAttribute(name(type), attribute);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JMException e) {
      throw new AssertionError(type + " " + attribute, e);
    }
  }

  /** A counter of the operations. */
  public long count(String attribute) {
    return ((Number) get("Operations", attribute)).longValue();
  }

  /** Returns when the attribute has such a value. */
  public void await(String type, String attribute, Predicate<Object> such) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!such.test(get(type, attribute))) {
      if (System.nanoTime() > end) {
        throw new AssertionError(attribute + " is still " + get(type, attribute));
      }
    }
  }

  /** Gives a setting another value. */
  public void set(String setting, Object value) throws JMException, IOException {
    try {
      connection.setAttribute(name("Settings"), new Attribute(setting, value));
    } catch (UndeclaredThrowableException e) { // Payara Server's connector wraps what is thrown
      Throwable cause = e;
      while (!(cause instanceof JMException)) {
        cause = Objects.requireNonNull(cause.getCause(), e::toString);
      }
      throw (JMException) cause;
    }
  }

  /** Gives a setting another value, and returns what the server says of it. */
  public Object change(String setting, String value) throws JMException, IOException {
    String text = String.class.getName();
    return connection.invoke(
        name("Settings"), "change", new Object[] {setting, value}, new String[] {text, text});
  }

  /** The names of all MBeans of that type, of whatever application. */
  public Set<ObjectName> names(String type) throws JMException, IOException {
    return connection.queryNames(new ObjectName(DOMAIN + ":type=" + type + ",*"), null);
  }

  public static ObjectName name(String type) {
    try {
      return new ObjectName(DOMAIN + ":type=" + type);
    } catch (JMException e) {
      throw new IllegalArgumentException(type, e);
    }
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }
}
