package org.meantime.dav.operation;

/** The response to a client that waits for it, and need not. */
public interface ClientReply extends Reply, InterimResponse {
  /**
   * Answers with a {@code 202 Accepted} that says where to ask, and ends the response; nothing but
   * interim responses was sent before. Whether the client is still there makes no difference.
   */
  void accept(String location);

  /** Takes what is, or would have been, the final response, and keeps it. */
  KeptReply keep();
}
