package org.meantime.dav.operation;

import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A final response that no client waits for: kept, to be asked for later. */
public interface KeptReply extends Reply {
  /** The header fields it has, once it ended. */
  Map<String, String> headers();

  /** Its content, once it ended; empty where it has none, or is forgotten. */
  Optional<Body> content();

  /** Whether it had content that could not be kept, or was given up for that of others. */
  default boolean isLost() {
    return false;
  }

  /** How many bytes of content are kept now. */
  default long length() {
    return 0;
  }

  /**
   * Has {@code room} asked now and then as content is added; where it says no, the result is given
   * up. Called before there is any.
   */
  default void bound(BooleanSupplier room) {}

  /** Lets go of the content. */
  void forget();
}
