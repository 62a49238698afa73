package org.meantime.it.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.glassfish.embeddable.GlassFish;
import org.glassfish.embeddable.GlassFishException;

/**
 * The way out: undeploys, so that what is in flight ends well, stops the server, removes its
 * temporary folder and leaves the JVM, with 0 unless it {@linkplain #failed failed}. Runs as a
 * shutdown hook; gives up on a server that hangs.
 */
final class Stop implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(25);
  private static volatile int exitCode;

  private final GlassFish server;
  private final Path folder;

  Stop(GlassFish server, Path folder) {
    this.server = server;
    this.folder = folder;
  }

  /** Ends the JVM as one that failed. */
  static void failed() {
    exitCode = 1;
    System.exit(1);
  }

  @Override
  public void run() {
    PrintStream out = System.out;
    Thread watchdog = new Thread(this::giveUp, "watchdog");
    watchdog.setDaemon(true);
    watchdog.start();
    try {
      if (server.getStatus() == GlassFish.Status.STARTED) {
        for (String application : server.getDeployer().getDeployedApplications()) {
          server.getDeployer().undeploy(application);
        }
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // Payara says goodbye
        server.stop();
      }
      server.dispose();
    } catch (GlassFishException | RuntimeException e) {
      System.err.println("Meantime stopped badly: " + e);
    }
    remove(folder);
    out.println("Meantime stopped");
    Runtime.getRuntime().halt(exitCode); // before H2, Payara and others run hooks of their own
  }

  private void giveUp() {
    try {
      Thread.sleep(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      return;
    }
    System.err.println("Meantime did not stop within " + PATIENCE.toSeconds() + " s: halted");
    Runtime.getRuntime().halt(1);
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> leavesFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : leavesFirst) {
        Files.delete(file);
      }
    } catch (IOException e) {
      System.err.println("Left behind: " + e.getMessage());
    }
  }
}
