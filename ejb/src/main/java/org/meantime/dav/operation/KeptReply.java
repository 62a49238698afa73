package org.meantime.dav.operation;

import java.util.Map;
import java.util.Optional;

/** A final response that no client waits for: kept, to be asked for later. */
public interface KeptReply extends Reply {
  /** The header fields it has, once it ended. */
  Map<String, String> headers();

  /** Its content, once it ended; empty where it has none, or is forgotten. */
  Optional<Body> content();

  /** Lets go of the content. */
  void forget();
}
