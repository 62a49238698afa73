package org.meantime.it.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.management.remote.JMXServiceURL;

/** What differs from one server to the next before a test can run. */
interface Container {
  /** The one this run is for. */
  static Container current() {
    String name = System.getProperty("arquillian.launch");
    return switch (name) {
      case "payara-embedded" -> new EmbeddedPayara();
      case "wildfly" -> new ManagedWildfly();
      default -> throw new IllegalStateException("no server is called " + name);
    };
  }

  /** Writes the users and what else the server reads as it starts. */
  void prepare(Path folder) throws IOException;

  /** The next application that is deployed finds these settings and no others. */
  void configure(Map<String, String> settings) throws IOException;

  /** Where the server can be looked into. */
  JMXServiceURL jmx() throws IOException;
}
