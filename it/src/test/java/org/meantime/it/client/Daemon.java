package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A program that listens on a port of this machine, until it is closed. */
public final class Daemon implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final int port;

  private Daemon(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts the program, which is to listen on that port, and waits until it does. */
  public static Daemon start(Tool tool, int port, String... arguments) throws Exception {
    Path log = tool.folder().resolve("log");
    Daemon daemon = new Daemon(tool.begin(log, arguments), port);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!daemon.listens()) {
      boolean ended = daemon.process.waitFor(20, TimeUnit.MILLISECONDS);
      if (ended || System.nanoTime() > end) {
        daemon.close();
        fail("does not listen: " + Files.readString(log));
      }
    }
    return daemon;
  }

  private boolean listens() {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
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
