package org.meantime.it.server;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXServiceURL;

/** A new domain of Payara Server, made and told what docs/deploy.md says. */
final class PayaraServer implements StandaloneServer {
  private static final String DOMAIN = "it";
  private static final String MEMORY_MANAGER =
      "-Dorg.glassfish.grizzly.DEFAULT_MEMORY_MANAGER=org.glassfish.grizzly.memory.";

  private final Path home = Path.of(System.getProperty("it.payara"));
  private final int portBase = portBase();
  private final Set<String> properties = new HashSet<>();
  private Path folder;
  private Asadmin asadmin;

  /** Ports of a domain are its base and two more digits. */
  private static int portBase() {
    return ThreadLocalRandom.current()
        .ints(200, 320)
        .map(hundred -> hundred * 100)
        .filter(base -> IntStream.of(48, 76, 80, 81, 86).allMatch(port -> isFree(base + port)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void prepare(Path folder) {
    this.folder = folder;
    System.setProperty("meantime.port", String.valueOf(portBase + 80));
    System.setProperty("meantime.https.port", String.valueOf(portBase + 81));
  }

  private void domain(String command, String... options) throws IOException {
    List<String> line = new ArrayList<>(List.of(command));
    line.addAll(List.of("--domaindir", folder.resolve("domains").toString()));
    line.addAll(List.of(options));
    line.add(DOMAIN);
    Asadmin.once(home, line);
  }

  @Override
  public void start() throws IOException {
    String base = String.valueOf(portBase);
    domain("create-domain", "--nopassword", "--portbase", base);
    domain("start-domain");
    String options = System.getProperty("it.payara.options");
    String port = String.valueOf(portBase + 48);
    Asadmin.once(home, List.of("--port", port, "multimode", "--file", options));
    asadmin = new Asadmin(home, portBase + 48);
    asadmin.run("delete-jvm-options " + MEMORY_MANAGER + "HeapMemoryManager");
    asadmin.run("create-jvm-options " + MEMORY_MANAGER + "ByteBufferManager");
    for (String command : PayaraSetup.commands(folder)) {
      asadmin.run(command);
    }
    domain("restart-domain");
  }

  @Override
  public void stop() throws IOException {
    asadmin.close();
    domain("stop-domain");
  }

  @Override
  public void configure(Map<String, String> settings) {
    properties.forEach(name -> asadmin.run("delete-system-property " + name));
    properties.clear();
    settings.forEach(
        (name, value) -> {
          asadmin.run("create-system-properties " + name + "=" + value.replace(":", "\\\\:"));
          properties.add(name);
        });
  }

  @Override
  public void deploy(Path archive) {
    asadmin.run("deploy " + archive);
  }

  @Override
  public void undeploy(Path archive) {
    asadmin.run("undeploy " + archive.getFileName().toString().replaceFirst("\\.[^.]*$", ""));
  }

  @Override
  public JMXServiceURL jmx() throws IOException {
    int port = portBase + 86;
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
  }

  @Override
  public Map<String, ?> jmxLogin() {
    return Map.of(JMXConnector.CREDENTIALS, new String[] {"admin", ""});
  }
}
