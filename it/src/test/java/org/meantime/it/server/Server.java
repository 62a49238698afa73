package org.meantime.it.server;

import java.nio.file.Path;

/** Where the server under test is. */
public final class Server {
  /** The path of the root collection; the WAR and the EAR have it in the same place. */
  public static final String ROOT = "/meantime/dav";

  private Server() {}

  public static int port() {
    return Integer.getInteger("meantime.port");
  }

  public static int httpsPort() {
    return Integer.getInteger("meantime.https.port");
  }

  /** The URL of the root collection, without a slash at its end. */
  public static String url() {
    return "http://127.0.0.1:" + port() + ROOT;
  }

  /** A folder of this run, below {@code target}, for whatever a test keeps. */
  public static Path folder() {
    return Path.of(System.getProperty("it.folder"));
  }
}
