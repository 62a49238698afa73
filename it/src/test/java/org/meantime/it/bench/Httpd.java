package org.meantime.it.bench;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.meantime.it.client.Tool;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** An httpd with mod_dav and the same user, until it is closed. */
final class Httpd implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final String ROOT = "root";
  private static final String ACCOUNT = "www-data";

  private final Tool tool;
  private final Path log;
  private final int port;
  private Process process;

  private Httpd(Tool tool, int port) throws Exception {
    this.tool = tool;
    this.port = port;
    log = tool.folder().resolve("log");
    prepare(tool.folder());
    process = begin();
  }

  /** Starts it where it is installed. */
  static Optional<Httpd> start() throws Exception {
    Optional<Tool> tool = Tool.search("apache2");
    return tool.isPresent() ? Optional.of(new Httpd(tool.get(), freePort())) : Optional.empty();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void prepare(Path folder) throws Exception {
    String template = Files.readString(Path.of("src", "bench", "httpd.conf"));
    String text = template.replace("PORT", String.valueOf(port));
    String documents = folder.resolve("documents").toString();
    text = text.replace("<Directory documents>", "<Directory " + documents + ">");
    Files.writeString(folder.resolve("httpd.conf"), text);
    byte[] password = User.WRITER.password().getBytes(StandardCharsets.UTF_8);
    byte[] hash = MessageDigest.getInstance("SHA-1").digest(password);
    String line =
        User.WRITER.username() + ":{SHA}" + Base64.getEncoder().encodeToString(hash) + "\n";
    Files.writeString(folder.resolve("users"), line);
    for (Path open : List.of(Server.folder(), folder)) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwx--x--x"));
    }
    own(Files.createDirectory(folder.resolve("documents")));
    own(Files.createDirectory(folder.resolve("locks")));
  }

  /** Started by root, it works as another, who must be able to write there. */
  private static void own(Path path) throws IOException {
    if (System.getProperty("user.name").equals(ROOT)) {
      UserPrincipal account =
          path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(ACCOUNT);
      Files.setOwner(path, account);
    }
  }

  private Process begin() throws Exception {
    String folder = tool.folder().toString();
    String[] arguments = {"-d", folder, "-f", folder + "/httpd.conf", "-DFOREGROUND"};
    Process begun = tool.begin(log, arguments);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!listens()) {
      boolean ended = begun.waitFor(20, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > end) {
        begun.destroy();
        fail("does not listen: " + Files.readString(log));
      }
    }
    return begun;
  }

  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Forgets all locks: several clients that lock at once spoil what it keeps them in. */
  void forgetLocks() throws Exception {
    close();
    try (var files = Files.list(tool.folder().resolve("locks"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    process = begin();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
