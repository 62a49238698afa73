package org.meantime.dav.operation;

import java.io.IOException;

/**
 * Sends interim responses for one request, on a thread that is not the request's. Never called
 * after the final status line was begun, and never twice at a time.
 */
@FunctionalInterface
public interface InterimResponse {
  /**
   * Puts a {@code 102 Processing} on the wire and flushes it; while the request itself is still
   * arriving, does nothing, and returns true: it may be asked again.
   *
   * @return false where this request cannot have one (HTTP/1.0, a container without an adapter):
   *     nothing was sent, and asking again is no use
   * @throws IOException if the client is gone
   */
  boolean sendProcessing() throws IOException;

  /** For a request that gets none. */
  InterimResponse NONE = () -> false;
}
