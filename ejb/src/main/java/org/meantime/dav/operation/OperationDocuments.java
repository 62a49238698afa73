package org.meantime.dav.operation;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.meantime.dav.DavException;
import org.meantime.dav.operation.OperationDocument.State;
import org.meantime.dav.request.Caller;

/**
 * The documents of operations that told their client they would take a while; those that ended are
 * kept for some time. Any thread.
 */
public final class OperationDocuments {
  private static final Comparator<OperationDocument> NEWEST_FIRST =
      Comparator.comparing(OperationDocument::place);

  private final Map<UUID, OperationDocument> documents = new ConcurrentHashMap<>();
  private final Supplier<Duration> keep;
  private final Journal journal;
  private final LongSupplier share;
  private final LongSupplier most;
  private volatile boolean stopping;

  /**
   * Those the server was at when it stopped.
   *
   * @param keep how long one is kept after its operation ended
   */
  OperationDocuments(Supplier<Duration> keep, Journal journal) {
    this(keep, journal, () -> Long.MAX_VALUE, () -> Long.MAX_VALUE);
  }

  /**
   * With a bound on what the results take.
   *
   * @param share the most bytes of one user's results
   * @param most the most bytes of all
   */
  OperationDocuments(
      Supplier<Duration> keep, Journal journal, LongSupplier share, LongSupplier most) {
    this.keep = keep;
    this.share = share;
    this.most = most;
    this.journal = journal;
    journal.interrupted().forEach(interrupted -> add(new OperationDocument(interrupted, this)));
  }

  OperationDocument open(Operation operation, KeptReply kept) {
    return add(new OperationDocument(operation, kept, this));
  }

  private OperationDocument add(OperationDocument document) {
    documents.put(document.id(), document);
    return document;
  }

  /** The document of that id, where that user may see it. */
  public Optional<OperationDocument> find(UUID id, Caller caller) {
    forgetOld();
    return Optional.ofNullable(documents.get(id)).filter(it -> it.isVisibleTo(caller));
  }

  /**
   * Some of those a user may see.
   *
   * @param next where the rest begins
   * @param all how many there are in all, and {@code running} how many of these have not ended
   */
  public record Page(
      List<OperationDocument> documents, Optional<Place> next, int all, long running) {}

  /**
   * A place in the list of all, the newest first, whether its document is still there or not.
   *
   * @param startedAt when its operation began
   */
  public record Place(Instant startedAt, UUID id) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
        Comparator.comparing(Place::startedAt).reversed().thenComparing(Place::id);

    /** What {@link #toString} wrote; a 400 where it is something else. */
    public static Place parse(String text) {
      try {
        int end = text.indexOf('_');
        return new Place(
            Instant.parse(text.substring(0, Math.max(0, end))),
            UUID.fromString(text.substring(end + 1)));
      } catch (DateTimeParseException | IllegalArgumentException e) {
        throw DavException.badRequest("this is no place in the list of operations");
      }
    }

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
      return startedAt + "_" + id;
    }
  }

  /** Those that user may see, the newest first: so many at most, from that place on. */
  public Page page(Caller caller, Optional<Place> from, long most) {
    forgetOld();
    List<OperationDocument> all =
        documents.values().stream()
            .filter(document -> document.isVisibleTo(caller))
            .sorted(NEWEST_FIRST)
            .toList();
    List<OperationDocument> rest =
        all.stream()
            .filter(it -> from.isEmpty() || it.place().compareTo(from.get()) >= 0)
            .limit(most + 1)
            .toList();
    long running = all.stream().filter(document -> document.ended().isEmpty()).count();
    if (rest.size() <= most) {
      return new Page(rest, Optional.empty(), all.size(), running);
    }
    int last = rest.size() - 1;
    return new Page(
        rest.subList(0, last), Optional.of(rest.get(last).place()), all.size(), running);
  }

  /** How often that user is told how operations go on. */
  long following(String user) {
    return documents.values().stream().mapToLong(document -> document.following(user)).sum();
  }

  /** Forgets an operation that ended, and its result. */
  public void forget(OperationDocument document) {
    documents.remove(document.id());
    document.forget();
  }

  /** Forgets those whose time is over; also done whenever somebody asks. */
  void forgetOld() {
    Instant since = Instant.now().minus(keep.get());
    for (OperationDocument document : documents.values()) {
      if (document.ended().filter(end -> end.at().isBefore(since)).isPresent()) {
        forget(document);
      }
    }
  }

  /**
   * Forgets the oldest results until there is room for more of that user's; false where all that is
   * left is of operations at work.
   */
  boolean makeRoom(String user) {
    Predicate<OperationDocument> own = document -> document.user().equals(user);
    return makeRoom(own, share.getAsLong()) && makeRoom(document -> true, most.getAsLong());
  }

  private synchronized boolean makeRoom(Predicate<OperationDocument> such, long bytes) {
    List<OperationDocument> oldestFirst =
        documents.values().stream().filter(such).sorted(NEWEST_FIRST.reversed()).toList();
    long taken = oldestFirst.stream().mapToLong(OperationDocument::keptBytes).sum();
    for (OperationDocument document : oldestFirst) {
      if (taken > bytes && document.ended().isPresent()) {
        taken -= document.keptBytes();
        document.forget();
      }
    }
    return taken <= bytes;
  }

  Journal journal() {
    return journal;
  }

  /** What ends from now on without being done is found again at the next start. */
  void stop() {
    stopping = true;
  }

  void ended(OperationDocument document) {
    if (!stopping || document.state() == State.DONE) {
      journal.end(document.id());
    }
  }

  void forgetAll() {
    documents.values().forEach(this::forget);
  }
}
