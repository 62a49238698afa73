package org.meantime.dav.operation;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.RequestHead;

/** What a client that does not wait can learn of an operation, while it runs and after. */
public final class OperationDocument {
  /** Where an operation is in its life. */
  public enum State {
    RUNNING,
    /** Told to stop, and not yet undone. */
    CANCELLING,
    DONE,
    FAILED,
    CANCELLED
  }

  /** The name below the root of the store under which they are, and no resource can be. */
  public static final String SEGMENT = ".operations";

  private final UUID id = UUID.randomUUID();
  private final String method;
  private final RequestHead head;
  private final Optional<ResourcePath> destination;
  private final Tally tally;
  private final Instant startedAt;
  private volatile Optional<Operation> running;
  private volatile Optional<End> end = Optional.empty();
  private volatile Optional<KeptReply> kept = Optional.empty();

  /**
   * How an operation ended.
   *
   * @param status the final status
   */
  public record End(Instant at, State state, Status status) {}

  OperationDocument(Operation operation) {
    method = operation.request().method();
    head = operation.request().head();
    destination = destination(operation.request());
    tally = operation.tally();
    startedAt = Instant.now().minus(operation.age());
    running = Optional.of(operation);
  }

  private static Optional<ResourcePath> destination(DavRequest request) {
    if (request instanceof CopyRequest copy) {
      return Optional.of(copy.destination());
    }
    return request instanceof MoveRequest move ? Optional.of(move.destination()) : Optional.empty();
  }

  void keep(KeptReply reply) {
    kept = Optional.of(reply);
  }

  void end(State state, Status status) {
    end = Optional.of(new End(Instant.now(), state, status));
    running = Optional.empty();
  }

  /** The last segment of its URL. */
  public UUID id() {
    return id;
  }

  /** Its URL, an absolute path. */
  public String href() {
    return head.base() + "/" + SEGMENT + "/" + id;
  }

  /** The method of the request. */
  public String method() {
    return method;
  }

  /** The name of the user whose request it is. */
  public String user() {
    return head.caller().name();
  }

  /** The href of its target. */
  public String target() {
    return head.href(head.target(), head.slash());
  }

  /** The href of its destination, for COPY and MOVE. */
  public Optional<String> destination() {
    return destination.map(path -> head.href(path, false));
  }

  /** Only its creator and administrators see an operation. */
  public boolean isVisibleTo(Caller caller) {
    return caller.admin() || caller.name().equals(user());
  }

  public State state() {
    return end.map(End::state)
        .orElseGet(
            () ->
                running.filter(Operation::isCancelled).isPresent()
                    ? State.CANCELLING
                    : State.RUNNING);
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** How it ended; empty while it runs. */
  public Optional<End> ended() {
    return end;
  }

  /** How many members were done. */
  public long done() {
    return tally.members();
  }

  /** How many members there are to do, where that is known. */
  public OptionalLong total() {
    return tally.expected();
  }

  /** The member in hand, or the last. */
  public Optional<ResourcePath> current() {
    return tally.current();
  }

  /** Header fields of the final response, where it was kept and has ended. */
  public Map<String, String> headers() {
    return kept.filter(reply -> end.isPresent()).map(KeptReply::headers).orElse(Map.of());
  }

  /** The content of the final response, where it was kept and has ended. */
  public Optional<Body> result() {
    return kept.filter(reply -> end.isPresent()).flatMap(KeptReply::content);
  }

  /** Asks a running operation to stop; false where it has ended. */
  public boolean cancel(String reason) {
    Optional<Operation> operation = running;
    operation.ifPresent(it -> it.cancel(reason));
    return operation.isPresent();
  }

  void forget() {
    kept.ifPresent(KeptReply::forget);
  }
}
