package org.meantime.dav.operation;

import java.io.IOException;
import java.util.Map;

/**
 * Sends interim responses for one request, on a thread that is not the request's. Never called
 * after the final status line was begun, and never twice at a time.
 */
@FunctionalInterface
public interface InterimResponse {
  /** What became of the wish to send one. */
  enum Outcome {
    SENT,
    /** The request itself is still arriving: nothing was sent, and it may be asked again. */
    NOT_YET,
    /**
     * This request cannot have one (HTTP/1.0, a container without an adapter): nothing was sent,
     * and asking again is no use.
     */
    NEVER
  }

  /**
   * Puts a {@code 102 Processing} with those header fields on the wire and flushes it, where that
   * can be.
   *
   * @throws IOException if the client is gone
   */
  Outcome sendProcessing(Map<String, String> fields) throws IOException;

  /** For a request that gets none. */
  InterimResponse NONE = fields -> Outcome.NEVER;
}
