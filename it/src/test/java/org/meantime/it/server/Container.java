package org.meantime.it.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.management.remote.JMXServiceURL;

/** What differs from one server to the next before a test can run. */
interface Container {
  /** The one this run is for, always the same. */
  static Container current() {
    return Current.CONTAINER;
  }

  private static Container named(String name) {
    return switch (name) {
      case "payara-embedded" -> new EmbeddedPayara();
      case "wildfly" -> new ManagedWildfly();
      case "payara-server" -> new PayaraServer();
      case "payara-micro" -> new PayaraMicro();
      case "url" -> new UrlServer();
      default -> throw new IllegalStateException("no server is called " + name);
    };
  }

  /** Writes the users and what else the server reads as it starts. */
  void prepare(Path folder) throws IOException;

  /** The next application that is deployed finds these settings and no others. */
  void configure(Map<String, String> settings) throws IOException;

  /** Where the server can be looked into. */
  JMXServiceURL jmx() throws IOException;

  /** With what one looks into it. */
  default Map<String, ?> jmxLogin() {
    return Map.of();
  }

  /** Made when it is first asked for. */
  final class Current {
    private static final Container CONTAINER = named(System.getProperty("arquillian.launch"));

    private Current() {}
  }
}
