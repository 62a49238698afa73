package org.meantime.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a request was answered with.
 *
 * @param interims the interim responses that came before, in order
 * @param head the final response's status and header
 */
public record Response(List<Head> interims, Head head, byte[] body) {
  public int status() {
    return head.status();
  }

  public String reason() {
    return head.reason();
  }

  /** Fails the test unless the status is that one. */
  public Response is(int status) {
    assertEquals(status, status(), () -> "status; the response was " + this);
    return this;
  }

  public Optional<String> find(String header) {
    return head.headers().find(header);
  }

  /** The value of a header that must be there. */
  public String header(String name) {
    return find(name).orElseThrow(() -> new AssertionError("no " + name + " in " + this));
  }

  /** The Content-Type, without the blanks that some containers take out. */
  public String contentType() {
    return header("Content-Type").replace("; ", ";");
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /** The body as XML, which it must be. */
  public Xml xml() {
    return Xml.parse(body);
  }

  @Override
  public String toString() {
    String text = text();
    String shown = text.length() > 2000 ? text.substring(0, 2000) + "…" : text;
    return status() + " " + reason() + " " + head.headers().fields() + "\n" + shown;
  }
}
