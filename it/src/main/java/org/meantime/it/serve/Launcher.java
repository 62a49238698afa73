package org.meantime.it.serve;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.embeddable.GlassFish;

/**
 * Starts {@link Serve} in a JVM that may be opened as Payara needs it, with this JVM's memory
 * options and {@code meantime.*} properties, and stays until it ends. Whatever ends this JVM ends
 * the server; a {@code kill -9} the server notices by itself.
 *
 * <p>Arguments: the folder of the server's configuration, the archive to deploy.
 */
public final class Launcher {
  private static final int STOP_SECONDS = 30;

  private Launcher() {}

  public static void main(String[] args) throws Exception {
    Process server = new ProcessBuilder(command(args[0], args[1])).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop-server"));
    int code = server.waitFor();
    if (code != 0) {
      System.exit(code); // the server has said why; nothing Maven could add helps
    }
  }

  private static List<String> command(String configuration, String archive) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of(configuration, "jvm.options"));
    command.add("-Djava.util.logging.config.file=" + Path.of(configuration, "logging.properties"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-X"))
        .forEach(command::add);
    System.getProperties().stringPropertyNames().stream()
        .filter(name -> name.startsWith("meantime."))
        .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
    command.addAll(List.of("-classpath", classPath(), Serve.class.getName()));
    command.addAll(List.of(configuration, archive));
    return command;
  }

  static String classPath() throws Exception {
    return Stream.of(location(Serve.class), location(GlassFish.class))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String location(Class<?> type) throws Exception {
    URI code = type.getProtectionDomain().getCodeSource().getLocation().toURI();
    return Path.of(code).toString();
  }

  private static void stop(Process server) {
    server.destroy();
    try {
      if (!server.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        server.destroyForcibly();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
    }
  }
}
