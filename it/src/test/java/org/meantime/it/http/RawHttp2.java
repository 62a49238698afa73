package org.meantime.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http2.hpack.HPackDecoder;
import org.meantime.it.server.Server;

/**
 * One HTTP/2 connection that sends the frames it is told to, also those that no client should, and
 * can be cut off. For one thread.
 */
public final class RawHttp2 implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int CONTINUATION = 9;

  private final Socket plain;
  private final Socket socket;
  private final DataInputStream in;
  private final HPackDecoder decoder = new HPackDecoder(65_536, StandardCharsets.US_ASCII);
  private final Map<Integer, Integer> statuses = new HashMap<>();

  private RawHttp2(Socket plain, Socket socket) throws IOException {
    this.plain = plain;
    this.socket = socket;
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes());
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  public static RawHttp2 open(boolean tls) throws IOException {
    if (!tls) {
      Socket plain = new Socket(Server.host(), Server.port());
      return new RawHttp2(plain, plain);
    }
    Socket plain = new Socket(Server.host(), Server.httpsPort());
    SSLSocket socket =
        (SSLSocket)
            Tls.anyServer()
                .getSocketFactory()
                .createSocket(plain, Server.host(), Server.httpsPort(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {"h2"});
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    assertEquals("h2", socket.getApplicationProtocol());
    return new RawHttp2(plain, socket);
  }

  /** Sends the head of a request, and its end where nothing is to follow. */
  public RawHttp2 head(int stream, Request request, boolean end) throws IOException {
    return fields(stream, end, fields(request).toArray(String[]::new));
  }

  /** The same with the last field in a frame of its own. */
  public RawHttp2 headInTwoFrames(int stream, Request request, boolean end) throws IOException {
    List<String> fields = fields(request);
    int last = fields.size() - 2;
    frame(HEADERS, end ? END_STREAM : 0, stream, block(fields.subList(0, last)));
    return frame(CONTINUATION, END_HEADERS, stream, block(fields.subList(last, fields.size())));
  }

  private List<String> fields(Request request) {
    List<String> fields = new ArrayList<>();
    fields.addAll(List.of(":method", request.method()));
    fields.addAll(List.of(":scheme", plain == socket ? "http" : "https"));
    fields.addAll(List.of(":authority", Server.authority()));
    fields.addAll(List.of(":path", request.target()));
    for (Map.Entry<String, String> field : request.headers().fields()) {
      fields.add(field.getKey().toLowerCase(Locale.ROOT));
      fields.add(field.getValue());
    }
    return fields;
  }

  /** Sends those fields, names and values by turns: a head, or trailers. */
  public RawHttp2 fields(int stream, boolean end, String... fields) throws IOException {
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block(List.of(fields)));
  }

  private static byte[] block(List<String> fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.size(); i += 2) {
      block.write(0); // RFC 7541 §6.2.2: a literal without indexing, its name new
      text(block, fields.get(i));
      text(block, fields.get(i + 1));
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    int rest = bytes.length - 127; // RFC 7541 §5.1, with a prefix of seven bits
    block.write(Math.min(127, bytes.length));
    for (; rest >= 128; rest >>= 7) {
      block.write(rest & 127 | 128);
    }
    if (bytes.length >= 127) {
      block.write(rest);
    }
    block.writeBytes(bytes);
  }

  /** Sends content, and its end where it is all. */
  public RawHttp2 data(int stream, String content, boolean end) throws IOException {
    return frame(DATA, end ? END_STREAM : 0, stream, content.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Says that it will leave. */
  public RawHttp2 goAway() throws IOException {
    return frame(GOAWAY, 0, 0, new byte[8]);
  }

  /** Asks so often for a sign of life, at once. */
  public RawHttp2 pings(int many) throws IOException {
    ByteBuffer frames = ByteBuffer.allocate(many * 17);
    for (int i = 0; i < many; i++) {
      frames.putInt(8 << 8 | PING).put((byte) 0).putInt(0).putLong(i);
    }
    socket.getOutputStream().write(frames.array());
    socket.getOutputStream().flush();
    return this;
  }

  /** Gives up a stream. */
  public RawHttp2 reset(int stream) throws IOException {
    return frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}); // CANCEL
  }

  private RawHttp2 frame(int type, int flags, int stream, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    socket.getOutputStream().write(frame.array());
    socket.getOutputStream().flush();
    return this;
  }

  /** Leaves in the middle. */
  public void cut(Cut how) throws IOException {
    how.of(plain, socket);
  }

  /**
   * Waits for the final status of a stream; 0 where it was reset, or the connection ended, without
   * one.
   */
  public int status(int stream) throws IOException {
    try {
      while (!statuses.containsKey(stream)) {
        receive();
      }
      return statuses.get(stream);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return 0;
    }
  }

  private void receive() throws IOException {
    int lengthAndType = in.readInt();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    byte[] payload = in.readNBytes(lengthAndType >>> 8);
    switch (lengthAndType & 0xFF) {
      case SETTINGS -> acknowledge(SETTINGS, flags, new byte[0]);
      case PING -> acknowledge(PING, flags, payload);
      case HEADERS -> head(stream, payload);
      case RST_STREAM -> statuses.putIfAbsent(stream, 0);
      case GOAWAY -> throw new IOException("the server goes away");
      default -> {} // about flow
    }
  }

  private void acknowledge(int type, int flags, byte[] payload) throws IOException {
    if ((flags & ACK) == 0) {
      frame(type, ACK, 0, payload);
    }
  }

  private void head(int stream, byte[] block) throws IOException {
    try {
      for (Header field : decoder.decodeHeaders(ByteBuffer.wrap(block))) {
        int status = field.getName().equals(":status") ? Integer.parseInt(field.getValue()) : 0;
        if (status >= 200) {
          statuses.putIfAbsent(stream, status);
        }
      }
    } catch (HttpException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    plain.close();
  }
}
