package org.meantime.it.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.meantime.it.server.Server;

/**
 * A port that leads to the server, byte for byte, and remembers what the server said. Whoever sends
 * nothing but its own address there finds the server as it is.
 */
public final class Wiretap implements AutoCloseable {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final Pattern PROCESSING = Pattern.compile("HTTP/1\\.1 102 [^\r]*\r\n\r\n");

  private final ServerSocket port;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  private record Connection(Socket client, Socket server, ByteArrayOutputStream answers) {}

  private Wiretap(ServerSocket port) {
    this.port = port;
  }

  public static Wiretap open() throws IOException {
    Wiretap wiretap = new Wiretap(new ServerSocket(0, 50, HERE));
    start(wiretap::accept);
    return wiretap;
  }

  /** The scheme and authority that a client is given for those of the server. */
  public String origin() {
    return "http://127.0.0.1:" + port.getLocalPort();
  }

  /** How many 102s the server has sent. */
  public long countInterims() {
    return connections.stream()
        .map(connection -> connection.answers.toString(StandardCharsets.ISO_8859_1))
        .mapToLong(answers -> PROCESSING.matcher(answers).results().count())
        .sum();
  }

  /** Whoever has not connected yet will not be able to. */
  public void refuseMore() throws IOException {
    port.close();
  }

  private void accept() throws IOException {
    while (true) {
      Socket client = port.accept();
      Socket server = new Socket(HERE, Server.port());
      Connection connection = new Connection(client, server, new ByteArrayOutputStream());
      connections.add(connection);
      start(() -> pass(client, server, OutputStream.nullOutputStream()));
      start(() -> pass(server, client, connection.answers));
    }
  }

  /** Passes everything on, its end included. */
  private static void pass(Socket from, Socket to, OutputStream heard) throws IOException {
    try {
      byte[] buffer = new byte[8192];
      InputStream in = from.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        heard.write(buffer, 0, count);
        to.getOutputStream().write(buffer, 0, count);
      }
      to.shutdownOutput();
    } catch (IOException e) { // one side has left, not politely
      to.close();
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  private static void start(Step step) {
    Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (IOException e) {
                // closed
              }
            },
            "wiretap");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    refuseMore();
    for (Connection connection : connections) {
      connection.client.close();
      connection.server.close();
    }
  }
}
