package org.meantime.it.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.meantime.it.server.Server;

/**
 * One connection to the server that speaks HTTP/1.x exactly as it is told to, and reads answers one
 * piece at a time. A read that gets nothing for long fails. For one thread, or one that writes and
 * one that reads.
 */
public final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_SECONDS = Integer.getInteger("it.patience.seconds", 60);
  private static final Charset ASCII = StandardCharsets.ISO_8859_1;

  private final Socket plain;
  private final Socket socket;
  private final InputStream in;

  private RawConnection(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_SECONDS * 1000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  public static RawConnection open() throws IOException {
    if (Server.isHttpsOnly()) {
      return openTls();
    }
    Socket plain = new Socket(Server.host(), Server.port());
    return new RawConnection(plain, plain);
  }

  public static RawConnection open(boolean tls) throws IOException {
    return tls ? openTls() : open();
  }

  /** The same from another address of this machine. */
  public static RawConnection openFrom(String address) throws IOException {
    InetAddress from = InetAddress.getByName(address);
    Socket plain = new Socket(Server.host(), Server.port(), from, 0);
    return new RawConnection(plain, plain);
  }

  /** A TLS connection that offers HTTP/1.1 only. */
  public static RawConnection openTls() throws IOException {
    return openTls(Server.httpsPort());
  }

  /** The same to something that stands before the server. */
  public static RawConnection openTls(int port) throws IOException {
    Socket plain = new Socket(Server.host(), port);
    SSLSocketFactory factory = Tls.anyServer().getSocketFactory();
    return new RawConnection(plain, factory.createSocket(plain, Server.host(), port, true));
  }

  /** Sends text, each of its characters as one byte. */
  public RawConnection send(String text) throws IOException {
    return send(text.getBytes(ASCII));
  }

  public RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends lines joined, and the header ended, the way HTTP wants it. */
  public RawConnection sendHead(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Says that nothing more will be sent; answers can still be read. */
  public void endSending() throws IOException {
    socket.shutdownOutput();
  }

  /** Leaves in the middle. */
  public void cut(Cut how) throws IOException {
    how.of(plain, socket);
  }

  /** The answer to the next request in line: interim responses, final response, body. */
  public Response receive() throws IOException {
    return receive(true, interim -> {});
  }

  /** The answer to a HEAD request. */
  public Response receiveWithoutBody() throws IOException {
    return receive(false, interim -> {});
  }

  /** Receives the answer to the next request on a thread of its own. */
  public PendingResponse receiving() {
    return PendingResponse.of(seen -> receive(true, seen));
  }

  private Response receive(boolean bodyExpected, Consumer<Head> seen) throws IOException {
    List<Head> interims = new ArrayList<>();
    Head head = receiveHead();
    while (head.isInterim()) {
      interims.add(head);
      seen.accept(head);
      head = receiveHead();
    }
    byte[] body = bodyExpected ? receiveBody(head) : new byte[0];
    return new Response(List.copyOf(interims), head, body);
  }

  /** The next status line and header, interim or final. */
  public Head receiveHead() throws IOException {
    String[] status = line().split(" ", 3);
    long now = System.nanoTime();
    List<Map.Entry<String, String>> fields = new ArrayList<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      fields.add(Map.entry(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    String reason = status.length > 2 ? status[2] : "";
    return new Head(status[0], Integer.parseInt(status[1]), reason, new Headers(fields), now);
  }

  /** The body that follows that final head, as RFC 9112 §6.3 frames it. */
  public byte[] receiveBody(Head head) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (head.headers().find("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked")) {
      return chunks();
    }
    if (head.headers().find("Content-Length").isPresent()) {
      return exactly(Integer.parseInt(head.headers().find("Content-Length").get()));
    }
    return in.readAllBytes();
  }

  /** True when the server has closed the connection without another byte; waits for either. */
  public boolean atEnd() throws IOException {
    in.mark(1);
    int next = in.read();
    in.reset();
    return next < 0;
  }

  /** Whether bytes have arrived that were not read yet. */
  public boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /** Everything up to the end of the connection. */
  public byte[] rest() throws IOException {
    return in.readAllBytes();
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
      body.write(chunk);
    }
    return body.toByteArray();
  }

  /** The next chunk of a body that comes in chunks; empty for the last one. */
  public byte[] chunk() throws IOException {
    byte[] chunk = exactly(chunkSize());
    // after the last chunk, trailers
    for (String line = line(); chunk.length == 0 && !line.isEmpty(); ) {
      line = line();
    }
    return chunk;
  }

  private int chunkSize() throws IOException {
    return Integer.parseInt(line().split(";", 2)[0].strip(), 16);
  }

  /** The next so many bytes, whatever they are. */
  public byte[] exactly(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the connection ended " + (length - bytes.length) + " bytes early");
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the connection ended after: " + line.toString(ASCII));
      }
      line.write(b);
    }
    return line.toString(ASCII).stripTrailing();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
