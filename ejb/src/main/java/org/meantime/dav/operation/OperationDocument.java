package org.meantime.dav.operation;

import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PutRequest;
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

  private static final System.Logger LOG = System.getLogger(OperationDocument.class.getName());

  private final Journal.Entry entry;
  private final OperationDocuments documents;
  private final Tally tally;
  private final OptionalLong length;
  private final Optional<KeptReply> kept;
  private final List<Following> followers = new CopyOnWriteArrayList<>();
  private volatile Optional<Operation> running;
  private volatile Optional<End> end = Optional.empty();
  private volatile int interims;

  /**
   * How an operation ended.
   *
   * @param status the final status; empty where the server stopped before there was one
   * @param reason why it failed or was cancelled; empty otherwise
   */
  public record End(Instant at, State state, Optional<Status> status, String reason) {}

  /** Of an operation at work. */
  OperationDocument(Operation operation, KeptReply kept, OperationDocuments documents) {
    this.entry = entry(operation);
    this.documents = documents;
    this.tally = operation.tally();
    this.length = length(operation.request());
    this.kept = Optional.of(kept);
    kept.bound(() -> documents.makeRoom(entry.user()));
    running = Optional.of(operation);
    documents.journal().open(entry);
  }

  /** Of one that was at work when the server stopped. */
  OperationDocument(Journal.Interrupted interrupted, OperationDocuments documents) {
    entry = interrupted.entry();
    this.documents = documents;
    tally = new Tally();
    length = OptionalLong.empty();
    kept = Optional.empty();
    running = Optional.empty();
    end = Optional.of(interruption(interrupted.mark()));
  }

  private static Journal.Entry entry(Operation operation) {
    RequestHead head = operation.request().head();
    return new Journal.Entry(
        UUID.randomUUID(),
        operation.request().method(),
        head.base(),
        head.href(head.target(), head.slash()),
        destination(operation.request()).map(path -> head.href(path, false)),
        head.caller().name(),
        head.client().agent(),
        Instant.now().minus(operation.age()));
  }

  private static Optional<ResourcePath> destination(DavRequest request) {
    if (request instanceof CopyRequest copy) {
      return Optional.of(copy.destination());
    }
    return request instanceof MoveRequest move ? Optional.of(move.destination()) : Optional.empty();
  }

  private static OptionalLong length(DavRequest request) {
    return request instanceof PutRequest put && put.length() >= 0
        ? OptionalLong.of(put.length())
        : OptionalLong.empty();
  }

  private static End interruption(Optional<Journal.Mark> mark) {
    State state = mark.filter(Journal.Mark.MADE::equals).isPresent() ? State.DONE : State.FAILED;
    return new End(Instant.now(), state, Optional.empty(), "the server stopped: " + fate(mark));
  }

  /** What became of the changes of an operation that was not done. */
  static String fate(Optional<Journal.Mark> mark) {
    return mark.map(
            it ->
                switch (it) {
                  case PIECEMEAL -> "what was done by then is done";
                  case DECIDED -> "it was done as a whole or not at all";
                  case MADE -> "it was done";
                })
        .orElse("it was rolled back");
  }

  void mark(Journal.Mark mark) {
    documents.journal().mark(entry.id(), mark);
  }

  /** A client is about to be told that it can come back for it. */
  void promise() {
    documents.journal().force();
  }

  KeptReply kept() {
    return kept.orElseThrow();
  }

  void end(End how) {
    interims = interims();
    end = Optional.of(how);
    running = Optional.empty();
    documents.ended(this);
    tellFollowers();
  }

  private record Following(Follower follower, String user) {}

  /**
   * Has it told, about each second, how the operation goes on, and when it has ended.
   *
   * @param caller who asked for it, and was {@linkplain Operations#requireMayFollow admitted}
   */
  public void follow(Follower follower, Caller caller) {
    followers.add(new Following(follower, caller.name()));
    if (end.isPresent()) {
      tellFollowers();
    }
  }

  long following(String user) {
    return followers.stream().filter(following -> following.user().equals(user)).count();
  }

  boolean isFollowed() {
    return !followers.isEmpty();
  }

  /** One thread at a time. */
  synchronized void tellFollowers() {
    boolean last = end.isPresent();
    followers.removeIf(following -> !look(following.follower()) || last);
  }

  /** One that fails is told no more, and the others are. */
  private boolean look(Follower follower) {
    try {
      return follower.look(this);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "who followed " + href() + " is told no more", e);
      return false;
    }
  }

  /** The last segment of its URL. */
  public UUID id() {
    return entry.id();
  }

  /** Where it is in the list of all. */
  OperationDocuments.Place place() {
    return new OperationDocuments.Place(entry.startedAt(), entry.id());
  }

  /** Its URL, an absolute path. */
  public String href() {
    return entry.base() + "/" + SEGMENT + "/" + entry.id();
  }

  /** What was asked, by whom. */
  public Journal.Entry entry() {
    return entry;
  }

  /** Only its creator and administrators see an operation. */
  public boolean isVisibleTo(Caller caller) {
    return caller.admin() || caller.name().equals(entry.user());
  }

  public State state() {
    return end.map(End::state)
        .orElseGet(
            () ->
                running.filter(Operation::isCancelled).isPresent()
                    ? State.CANCELLING
                    : State.RUNNING);
  }

  /** How it ended; empty while it runs. */
  public Optional<End> ended() {
    return end;
  }

  /** How far it is, or came. */
  public Tally tally() {
    return tally;
  }

  /** The length of the content it is about, in bytes, where that is known. */
  public OptionalLong length() {
    return length;
  }

  /** How many interim responses were sent. */
  public int interims() {
    return running.map(Operation::interims).orElse(interims);
  }

  /** The final response, once it ended; empty where it is not known. */
  public Optional<KeptReply> result() {
    return end.isPresent() ? kept : Optional.empty();
  }

  /** Asks a running operation to stop; false where it has ended. */
  public boolean cancel(String reason) {
    Optional<Operation> operation = running;
    operation.ifPresent(it -> it.cancel(reason));
    return operation.isPresent();
  }

  String user() {
    return entry.user();
  }

  /** How many bytes its result takes, whole or not. */
  long keptBytes() {
    return kept.map(KeptReply::length).orElse(0L);
  }

  void forget() {
    kept.ifPresent(KeptReply::forget);
  }
}
