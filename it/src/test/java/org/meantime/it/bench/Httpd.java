package org.meantime.it.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.meantime.it.client.Daemon;
import org.meantime.it.client.Tool;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** An httpd with mod_dav and the same user, until it is closed. */
final class Httpd implements AutoCloseable {
  private static final String ROOT = "root";
  private static final String ACCOUNT = "www-data";

  private final Tool tool;
  private final int port;
  private Daemon daemon;

  private Httpd(Tool tool, int port) throws Exception {
    this.tool = tool;
    this.port = port;
    prepare(tool.folder());
    daemon = begin();
  }

  /** Starts it where it is installed. */
  static Optional<Httpd> start() throws Exception {
    Optional<Tool> tool = Tool.search("apache2");
    return tool.isPresent()
        ? Optional.of(new Httpd(tool.get(), Daemon.freePort()))
        : Optional.empty();
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

  private Daemon begin() throws Exception {
    String folder = tool.folder().toString();
    return Daemon.start(tool, port, "-d", folder, "-f", folder + "/httpd.conf", "-DFOREGROUND");
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
    daemon = begin();
  }

  @Override
  public void close() {
    daemon.close();
  }
}
