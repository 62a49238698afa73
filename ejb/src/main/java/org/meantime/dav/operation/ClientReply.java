package org.meantime.dav.operation;

/** The final response to a client that waits for it, and need not. */
public interface ClientReply extends Reply {
  /**
   * Answers now, with a {@code 202 Accepted} that says where to ask, and ends the response; nothing
   * was sent before. Whether the client is still there makes no difference.
   *
   * @return takes what would have been the final response, and keeps it; the header fields that
   *     were set are its
   */
  KeptReply accept(String location);
}
