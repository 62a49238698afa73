package org.meantime.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Readies what the server needs before the first test runs: free ports, the users, and a fresh
 * folder for this run.
 */
public final class TestSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try (ServerSocket http = new ServerSocket(0);
        ServerSocket https = new ServerSocket(0);
        ServerSocket management = new ServerSocket(0)) {
      Path folder = Files.createDirectories(Path.of("target", "run").toAbsolutePath());
      folder = Files.createTempDirectory(folder, "");
      System.setProperty("it.folder", folder.toString());
      System.setProperty("meantime.port", String.valueOf(http.getLocalPort()));
      System.setProperty("meantime.https.port", String.valueOf(https.getLocalPort()));
      System.setProperty("it.management.port", String.valueOf(management.getLocalPort()));
      Container.current().prepare(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
