package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.meantime.it.client.Daemon;
import org.meantime.it.client.Tool;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/** A reverse proxy that ends TLS in front of the server under test, until it is closed. */
final class Proxy implements AutoCloseable {
  private static final String NAME = "dav.example.org";

  private final Daemon daemon;
  private final int port;

  private Proxy(Daemon daemon, int port) {
    this.daemon = daemon;
    this.port = port;
  }

  /**
   * Starts the program as {@code docs/proxies/} has it, and waits until it listens.
   *
   * @param changes what is to stand in its configuration for what stands there
   */
  static Proxy start(Kind kind, Map<String, String> changes) throws Exception {
    Tool tool = Tool.find(kind.program());
    Path folder = tool.folder();
    certify(folder);
    int port = Daemon.freePort();
    String site = Files.readString(Path.of("..", "docs", "proxies", kind.site()));
    site = changed(site, kind.changes(port, folder.toString()));
    Files.writeString(folder.resolve("site.conf"), changed(site, changes));
    Path main = Path.of("src", "proxies", kind.site());
    if (Files.exists(main)) {
      String text = Files.readString(main).replace(":443", ":" + port);
      Files.writeString(folder.resolve("main.conf"), text);
    }
    String[] arguments = kind.arguments(folder.toString()).toArray(String[]::new);
    return new Proxy(Daemon.start(tool, port, arguments), port);
  }

  private static String changed(String text, Map<String, String> changes) {
    String changed = text;
    for (Map.Entry<String, String> change : changes.entrySet()) {
      assertTrue(changed.contains(change.getKey()), () -> change.getKey() + " is not in\n" + text);
      changed = changed.replace(change.getKey(), change.getValue());
    }
    return changed;
  }

  /** A certificate that it signs itself, its key, and both in one file. */
  private static void certify(Path folder) throws IOException {
    Path certificate = folder.resolve(NAME + ".crt");
    Path key = folder.resolve(NAME + ".key");
    String command =
        "req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -subj /CN=%s -addext subjectAltName=IP:127.0.0.1 -keyout %s -out %s"
            .formatted(NAME, key, certificate);
    Tool.find("openssl").run(command.split(" "));
    String both = Files.readString(certificate) + Files.readString(key);
    Files.writeString(folder.resolve(NAME + ".pem"), both);
  }

  int port() {
    return port;
  }

  /** What a client calls this proxy, as far as the path. */
  String origin() {
    return "https://127.0.0.1:" + port;
  }

  RawConnection connect() throws IOException {
    return RawConnection.openTls(port);
  }

  /** The request as a client of the proxy sends it, who knows no other address. */
  byte[] bytes(Request request) {
    if (request.headers().find("Host").isEmpty()) {
      request.header("Host", "127.0.0.1:" + port);
    }
    return request.bytes();
  }

  Response send(Request request) {
    try (RawConnection connection = connect()) {
      return connection.send(bytes(request)).receive();
    } catch (IOException e) {
      throw new UncheckedIOException(request.method() + " " + request.target(), e);
    }
  }

  @Override
  public void close() {
    daemon.close();
  }
}
