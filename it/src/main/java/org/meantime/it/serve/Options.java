package org.meantime.it.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What {@code -Dmeantime.…} says about the place where the server runs; what it says about the
 * application, the application reads itself.
 */
record Options(int port, int httpsPort, Path home, String password) {

  /** Reads the system properties and leaves the defaults there for the application to see. */
  static Options read() {
    int port = port("meantime.port", 8080);
    int httpsPort = port("meantime.https.port", 8181);
    if (port == httpsPort) {
      throw new IllegalArgumentException("meantime.port and meantime.https.port are both " + port);
    }
    text("meantime.store.create", "true"); // whoever tries it asks for it
    String home = text("meantime.store.home", System.getProperty("user.home") + "/.meantime");
    return new Options(
        port,
        httpsPort,
        Path.of(home).toAbsolutePath().normalize(),
        text("meantime.demo.password", generated()));
  }

  private static int port(String name, int byDefault) {
    String given = text(name, String.valueOf(byDefault));
    int port;
    try {
      port = Integer.parseInt(given);
    } catch (NumberFormatException e) {
      port = -1;
    }
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException(name + "=" + given + " is not a port: 1 to 65535");
    }
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "port " + port + " is in use; choose another with -D" + name + "=…", e);
    }
    return port;
  }

  private static String text(String name, String byDefault) {
    String given = System.getProperty(name, "").strip();
    String value = given.isEmpty() ? byDefault : given;
    System.setProperty(name, value);
    return value;
  }

  private static String generated() {
    byte[] random = new byte[9];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().encodeToString(random);
  }
}
