package org.meantime.it.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.management.remote.JMXConnectorServer;
import javax.management.remote.JMXConnectorServerFactory;
import javax.management.remote.JMXServiceURL;
import org.glassfish.security.common.FileRealmStorageManager;

/** Payara in the JVM of the tests, so that the system properties are its. */
final class EmbeddedPayara implements Container {
  @Override
  public void prepare(Path folder) throws IOException {
    System.setProperty("glassfish.embedded.tmpdir", folder.toString());
    System.setProperty("it.users", users(folder.resolve("users")).toString());
    domain(folder.resolve("domain.xml"));
  }

  /** Arquillian reads the ports from the file and knows no system properties there. */
  private static void domain(Path file) throws IOException {
    String domain = Files.readString(Path.of(System.getProperty("it.server"), "domain.xml"));
    for (String port : List.of("meantime.port", "meantime.https.port")) {
      domain = domain.replace("${" + port + "}", System.getProperty(port));
    }
    Files.writeString(file, domain);
  }

  private static Path users(Path file) throws IOException {
    Files.createFile(file);
    FileRealmStorageManager users = new FileRealmStorageManager(file.toString());
    for (User user : User.known()) {
      String[] groups = user.roles().toArray(String[]::new);
      users.addUser(user.username(), user.password().toCharArray(), groups);
    }
    users.persist();
    return file;
  }

  @Override
  public void configure(Map<String, String> settings) {
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("meantime.") && !name.endsWith("port"))
        .forEach(System::clearProperty);
    settings.forEach(System::setProperty);
  }

  /** This JVM is not asked to listen as it starts, so it begins to now. */
  @Override
  public JMXServiceURL jmx() throws IOException {
    JMXConnectorServer connector =
        JMXConnectorServerFactory.newJMXConnectorServer(
            new JMXServiceURL("service:jmx:rmi://127.0.0.1"),
            null,
            ManagementFactory.getPlatformMBeanServer());
    connector.start();
    return connector.getAddress();
  }
}
