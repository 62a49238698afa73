package org.meantime.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glassfish.security.common.FileRealmStorageManager;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Readies what the server needs before the first test runs: two free ports, the users, and a fresh
 * folder for this run. Arquillian starts the server in this JVM, so the system properties are its.
 */
public final class TestSession implements LauncherSessionListener {
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    try (ServerSocket http = new ServerSocket(0);
        ServerSocket https = new ServerSocket(0)) {
      Path folder = Files.createDirectories(Path.of("target", "run").toAbsolutePath());
      folder = Files.createTempDirectory(folder, "");
      System.setProperty("it.folder", folder.toString());
      System.setProperty("it.users", users(folder.resolve("users")).toString());
      System.setProperty("glassfish.embedded.tmpdir", folder.toString());
      System.setProperty("meantime.port", String.valueOf(http.getLocalPort()));
      System.setProperty("meantime.https.port", String.valueOf(https.getLocalPort()));
      configure(folder.resolve("domain.xml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Arquillian reads the ports from the file and knows no system properties there. */
  private static void configure(Path file) throws IOException {
    String domain = Files.readString(Path.of(System.getProperty("it.server"), "domain.xml"));
    for (String port : List.of("meantime.port", "meantime.https.port")) {
      domain = domain.replace("${" + port + "}", System.getProperty(port));
    }
    Files.writeString(file, domain);
  }

  private static Path users(Path file) throws IOException {
    Files.createFile(file);
    FileRealmStorageManager users = new FileRealmStorageManager(file.toString());
    for (User user : User.values()) {
      if (user != User.ANONYMOUS) {
        String[] groups = user.roles().toArray(String[]::new);
        users.addUser(user.username(), user.password().toCharArray(), groups);
      }
    }
    users.persist();
    return file;
  }
}
