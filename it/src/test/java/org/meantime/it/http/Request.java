package org.meantime.it.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meantime.it.server.Server;

/** A request being put together; {@link #send} sends it on a connection of its own. */
public final class Request {
  private final String method;
  private final String target;
  private final List<Map.Entry<String, String>> fields = new ArrayList<>();
  private Optional<byte[]> body = Optional.empty();
  private boolean chunked;

  /**
   * @param target the request target as it goes on the wire, such as {@code /meantime/dav/a%20b}
   */
  public Request(String method, String target) {
    this.method = method;
    this.target = target;
  }

  public Request header(String name, Object value) {
    fields.add(Map.entry(name, value.toString()));
    return this;
  }

  public Request body(byte[] content) {
    body = Optional.of(content);
    return this;
  }

  public Request body(String content) {
    return body(content.getBytes(StandardCharsets.UTF_8));
  }

  /** A body whose length the header does not tell. */
  public Request chunked(String content) {
    chunked = true;
    return header("Transfer-Encoding", "chunked").body(content);
  }

  /** A body of XML; the prefixes D and Z need no declaration of their own. */
  public Request xml(String element) {
    String declared =
        element.replaceFirst(
            "(?<=<[\\w:]{1,40})(?=[\\s/>])", " xmlns:D=\"DAV:\" xmlns:Z=\"urn:z\"");
    return header("Content-Type", "application/xml; charset=utf-8")
        .body("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + declared);
  }

  public String method() {
    return method;
  }

  public String target() {
    return target;
  }

  public Headers headers() {
    return new Headers(fields);
  }

  public Optional<byte[]> body() {
    return body;
  }

  /** The whole request as HTTP/1.1 sends it, for a connection that stays open. */
  public byte[] bytes() {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    if (headers().find("Host").isEmpty()) {
      head.append("Host: ").append(Server.authority()).append("\r\n");
    }
    fields.forEach(f -> head.append(f.getKey() + ": " + f.getValue() + "\r\n"));
    if (!chunked) {
      body.ifPresent(content -> head.append("Content-Length: " + content.length + "\r\n"));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    body.map(content -> chunked ? chunks(content) : content).ifPresent(bytes::writeBytes);
    return bytes.toByteArray();
  }

  /** One chunk for each byte, and the last chunk. */
  private static byte[] chunks(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte b : content) {
      bytes.writeBytes(new byte[] {'1', '\r', '\n', b, '\r', '\n'});
    }
    bytes.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    return bytes.toByteArray();
  }

  /** Sends the request and waits for the final response. */
  public Response send() {
    try (RawConnection connection = RawConnection.open()) {
      connection.send(bytes());
      return method.equals("HEAD") ? connection.receiveWithoutBody() : connection.receive();
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + target, e);
    }
  }
}
