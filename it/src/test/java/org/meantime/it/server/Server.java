package org.meantime.it.server;

import java.nio.file.Path;

/** Where the server under test is. */
public final class Server {
  /**
   * The path of the root collection; the WAR and the EAR have it in the same place. On a server
   * that is not ours, a collection made for this run.
   */
  public static final String ROOT = System.getProperty("it.root", "/meantime/dav");

  private Server() {}

  public static String host() {
    return System.getProperty("it.host", "127.0.0.1");
  }

  public static int port() {
    return Integer.getInteger("meantime.port");
  }

  public static int httpsPort() {
    return Integer.getInteger("meantime.https.port");
  }

  /** Whether there is TLS to be had. */
  public static boolean hasHttps() {
    return System.getProperty("meantime.https.port") != null;
  }

  /** Whether there is nothing else. */
  public static boolean isHttpsOnly() {
    return hasHttps() && httpsPort() == port();
  }

  /** Host and port. */
  public static String authority() {
    return host() + ":" + port();
  }

  /** What every URL on it begins with. */
  public static String origin() {
    return (isHttpsOnly() ? "https://" : "http://") + authority();
  }

  /** The URL of the root collection, without a slash at its end. */
  public static String url() {
    return origin() + ROOT;
  }

  /** A folder of this run, below {@code target}, for whatever a test keeps. */
  public static Path folder() {
    return Path.of(System.getProperty("it.folder"));
  }
}
