package org.meantime.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.management.remote.JMXServiceURL;

/** Payara Micro as docs/deploy.md says: started with what is to be deployed, and so for each. */
final class PayaraMicro implements StandaloneServer {
  private static final String READY = "ready in";

  private final Set<Path> deployed = new LinkedHashSet<>();
  private Path folder;
  private Process process;

  @Override
  public void prepare(Path folder) throws IOException {
    this.folder = folder;
    Files.write(folder.resolve("postboot"), PayaraSetup.commands(folder));
  }

  @Override
  public void configure(Map<String, String> settings) throws IOException {
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer file = Files.newBufferedWriter(folder.resolve("settings"))) {
      properties.store(file, null);
    }
  }

  /** There is nothing to start before there is something to deploy. */
  @Override
  public void start() {}

  @Override
  public void deploy(Path archive) throws IOException {
    deployed.add(archive);
    restart();
  }

  @Override
  public void undeploy(Path archive) throws IOException {
    deployed.remove(archive);
    stop();
    if (!deployed.isEmpty()) {
      restart();
    }
  }

  private void restart() throws IOException {
    stop();
    process = new ProcessBuilder(command()).redirectErrorStream(true).start();
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread log = new Thread(() -> log(process.inputReader(), ready), "micro-log");
    log.setDaemon(true);
    log.start();
    if (!ready.join()) {
      throw new IllegalStateException("Payara Micro ended: " + folder.resolve("micro.log"));
    }
  }

  private List<String> command() {
    String jmx = System.getProperty("it.management.port");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Dcom.sun.management.jmxremote.port=" + jmx,
                "-Dcom.sun.management.jmxremote.rmi.port=" + jmx,
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false",
                "-Dorg.glassfish.grizzly.DEFAULT_MEMORY_MANAGER="
                    + "org.glassfish.grizzly.memory.ByteBufferManager"));
    command.addAll(List.of("-jar", System.getProperty("it.payara.micro"), "--nocluster"));
    command.addAll(List.of("--port", "" + Server.port(), "--sslport", "" + Server.httpsPort()));
    command.addAll(List.of("--prebootcommandfile", System.getProperty("it.payara.options")));
    command.addAll(List.of("--postbootcommandfile", folder.resolve("postboot").toString()));
    command.addAll(List.of("--systemproperties", folder.resolve("settings").toString()));
    deployed.forEach(archive -> command.addAll(List.of("--deploy", archive.toString())));
    return command;
  }

  private void log(BufferedReader output, CompletableFuture<Boolean> ready) {
    try (output;
        Writer file = Files.newBufferedWriter(folder.resolve("micro.log"))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        file.write(line + "\n");
        file.flush();
        if (line.contains(READY)) {
          ready.complete(true);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      ready.complete(false);
    }
  }

  @Override
  public void stop() {
    if (process != null) {
      process.toHandle().destroy();
      process.onExit().join();
      process = null;
    }
  }

  @Override
  public JMXServiceURL jmx() throws IOException {
    String port = System.getProperty("it.management.port");
    return new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:" + port + "/jmxrmi");
  }
}
