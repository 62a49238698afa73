package org.meantime.it.http;

import java.time.Duration;

/**
 * A status line and its header fields, of an interim or a final response.
 *
 * @param version such as {@code HTTP/1.1}
 * @param reason the reason phrase; empty on HTTP/2, which has none
 * @param nanos {@link System#nanoTime} when it was received
 */
public record Head(String version, int status, String reason, Headers headers, long nanos) {
  public boolean isInterim() {
    return status < 200;
  }

  /** How long after {@code earlier} this was received. */
  public Duration since(Head earlier) {
    return Duration.ofNanos(nanos - earlier.nanos);
  }
}
