package org.meantime.dav.request;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.meantime.dav.Depth;

/** A request that was understood. Its record says which method it is. */
public sealed interface DavRequest
    permits OptionsRequest,
        GetRequest,
        PutRequest,
        MkcolRequest,
        DeleteRequest,
        CopyRequest,
        MoveRequest,
        PropfindRequest,
        ProppatchRequest,
        LockRequest,
        UnlockRequest {

  /** What every request has. */
  RequestHead head();

  /** The name of its method, such as {@code COPY}. */
  default String method() {
    return getClass().getSimpleName().replace("Request", "").toUpperCase(Locale.ROOT);
  }

  /** What it changes, for the lock check; empty for a request that reads. */
  default List<Scope> writes() {
    return List.of();
  }

  /**
   * True where the work may take long by its nature, so that it goes to the container's executor
   * rather than keep a request thread. Others stay on their thread and may still send a 102.
   */
  default boolean mayTakeLong() {
    return false;
  }

  /** True for a method that only reads (RFC 9110 §9.2.1): of no use once its client is gone. */
  default boolean isSafe() {
    return false;
  }

  /** True for a method that never sends a 102: GET, HEAD and OPTIONS. */
  default boolean neverInterim() {
    return false;
  }

  /**
   * The request as such, whatever program sent it: while one runs that equals it, another is
   * answered with the outcome of that one, for its client or a proxy has lost patience and asks
   * again. Empty for a request that is not to be joined: one that is over soon, that reads, or
   * whose outcome is its client's alone.
   */
  default Optional<DavRequest> twin() {
    return Optional.empty();
  }

  /** The depth, for methods that have one. */
  default Depth depth() {
    return Depth.ZERO;
  }
}
