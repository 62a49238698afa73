package org.meantime.it.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import javax.management.remote.JMXServiceURL;
import org.meantime.it.http.Request;

/**
 * Whatever answers at {@code it.url}. Nothing is deployed there and nothing configured: a
 * collection of its own below that URL is all a run has, and what it takes away again.
 */
final class UrlServer implements StandaloneServer {
  @Override
  public void prepare(Path folder) {
    URI url = URI.create(System.getProperty("it.url", ""));
    if (url.getHost() == null) {
      throw new IllegalStateException("which server? -Dit.url=http://host:port/path/");
    }
    boolean https = url.getScheme().equals("https");
    int standard = https ? 443 : 80;
    String port = String.valueOf(url.getPort() < 0 ? standard : url.getPort());
    String name = "meantime-it-" + UUID.randomUUID().toString().substring(0, 8);
    System.setProperty("it.host", url.getHost());
    System.setProperty("it.root", url.getRawPath().replaceFirst("/?$", "/" + name));
    System.setProperty("meantime.port", port);
    System.clearProperty("meantime.https.port");
    if (https) {
      System.setProperty("meantime.https.port", port);
    }
    defaults("it.user", "");
    defaults("it.patience.seconds", "900");
  }

  private static void defaults(String name, String value) {
    System.setProperty(name, System.getProperty(name, value));
  }

  @Override
  public void start() throws IOException {
    ask("MKCOL");
  }

  @Override
  public void stop() throws IOException {
    ask("DELETE");
  }

  private static void ask(String method) throws IOException {
    Request request = new Request(method, Server.ROOT + "/");
    User.WRITER.authorization().ifPresent(value -> request.header("Authorization", value));
    int status = request.send().status();
    if (status >= 300) {
      throw new IOException(method + " of " + Server.url() + "/: " + status);
    }
  }

  /** Asks for an empty store or more; a test that relies on it cannot be run. */
  @Override
  public void configure(Map<String, String> settings) {}

  @Override
  public void deploy(Path archive) {}

  @Override
  public void undeploy(Path archive) {}

  @Override
  public JMXServiceURL jmx() {
    throw new UnsupportedOperationException("a server at a URL");
  }
}
