package org.meantime.dav.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.Scope;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * The operations in flight. An operation that ends soon costs an entry in a concurrent set and
 * nothing more.
 */
@ApplicationScoped
public class Operations {
  private static final System.Logger LOG = System.getLogger(Operations.class.getName());

  /** Both containers wait for about this long when an application is undeployed. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final Set<Operation> inFlight = ConcurrentHashMap.newKeySet();
  private final Map<DavRequest, Operation> twins = new ConcurrentHashMap<>();
  private final AtomicBoolean ticking = new AtomicBoolean();
  private volatile boolean stopping;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Counters counters = new Counters();
  private Settings settings;
  private InterimPolicy policy;
  private Heartbeat heartbeat;
  private OperationDocuments documents;

  /** For the container's proxy. */
  protected Operations() {}

  @Inject
  Operations(Settings settings, Heartbeat heartbeat, Journal journal) {
    this.settings = settings;
    this.policy = new InterimPolicy(settings);
    this.heartbeat = heartbeat;
    this.documents =
        new OperationDocuments(
            () -> settings.duration(Setting.OPERATION_KEEP),
            journal,
            () -> settings.number(Setting.OPERATION_RESULTS_USER),
            () -> settings.number(Setting.OPERATION_RESULTS));
  }

  /** Those that began and have not ended, in no order. */
  public Collection<Operation> inFlight() {
    return Collections.unmodifiableSet(inFlight);
  }

  /** Those that can be asked for by their clients. */
  public OperationDocuments documents() {
    return documents;
  }

  /** What came of them all. */
  public Counters counters() {
    return counters;
  }

  /**
   * Runs {@code work} on the calling thread until it ended; or, where its twin is running already,
   * has the client answered with that, and returns at once. Exactly one final response is sent,
   * whatever happens: {@code work} throws, is cancelled, or the application is undeployed.
   */
  public void run(DavRequest request, ClientReply reply, Consumer<Operation> work) {
    Surroundings surroundings = surroundings(request);
    Optional<DavRequest> twin = request.twin();
    if (twin.isPresent() && joins(twin.get(), request, reply, surroundings)) {
      return;
    }
    Operation operation = new Operation(request, reply, surroundings);
    twin.ifPresent(key -> twins.putIfAbsent(key, operation));
    try {
      execute(operation, work);
    } finally {
      twin.ifPresent(key -> twins.remove(key, operation));
    }
  }

  private boolean joins(
      DavRequest twin, DavRequest request, ClientReply reply, Surroundings surroundings) {
    Operation running = twins.get(twin);
    if (running == null) {
      return false;
    }
    if (waiting(request.head().caller()) >= settings.number(Setting.EXECUTOR_USER)) {
      counters.refuse();
      refuse(reply, "too many requests of yours wait for others like them");
      return true;
    }
    return running.join(reply, surroundings, request.head().client().prefer());
  }

  /** How many requests of that user have joined another. */
  private long waiting(Caller caller) {
    return inFlight.stream()
        .filter(it -> it.request().head().caller().name().equals(caller.name()))
        .mapToLong(it -> it.wires().size() - 1)
        .sum();
  }

  private static void refuse(ClientReply reply, String reason) {
    try {
      reply.fail(new DavException(Status.SERVICE_UNAVAILABLE, reason));
      reply.end();
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before it was refused", e);
    }
  }

  /** Throws a 503 where that user follows as many operations as one may. */
  public void requireMayFollow(Caller caller) {
    if (documents.following(caller.name()) >= settings.number(Setting.EXECUTOR_USER)) {
      throw new DavException(
          Status.SERVICE_UNAVAILABLE, "too many requests of yours follow operations");
    }
  }

  private void execute(Operation operation, Consumer<Operation> work) {
    try {
      begin(operation);
      if (stopping) {
        operation.fail(new DavException(Status.SERVICE_UNAVAILABLE, "the server stops"));
      } else {
        work.accept(operation);
      }
    } catch (RuntimeException | Error e) { // the container's: a bean it could not call
      LOG.log(Level.ERROR, "the request could not be processed", e);
      operation.fail(new DavException(Status.SERVICE_UNAVAILABLE, "the server is busy"));
    } finally {
      try {
        operation.end();
      } finally {
        finish(operation);
      }
    }
  }

  private Surroundings surroundings(DavRequest request) {
    Bounds bounds =
        new Bounds(
            settings.duration(Setting.OPERATION_STALLED),
            settings.duration(Setting.OPERATION_TIMEOUT),
            settings.text(Setting.ON_DISCONNECT).equals("continue"));
    return new Surroundings(
        policy.pace(request.head().client()), bounds, System::nanoTime, counters, documents);
  }

  private void begin(Operation operation) {
    forgetTwins(operation.request());
    inFlight.add(operation);
    if (!operation.request().neverInterim() && ticking.compareAndSet(false, true)) {
      startHeartbeat();
    }
  }

  /**
   * Lets no later request join an operation under way that may have passed by what this request
   * changes.
   */
  private void forgetTwins(DavRequest changing) {
    if (!twins.isEmpty() && !changing.writes().isEmpty()) {
      twins.values().removeIf(it -> it.request() != changing && touches(changing, it.request()));
    }
  }

  private static boolean touches(DavRequest changing, DavRequest running) {
    return changing.writes().stream()
        .map(Scope::path)
        .anyMatch(
            path ->
                meet(path, running.head().target())
                    || running.writes().stream().anyMatch(it -> meet(path, it.path())));
  }

  private static boolean meet(ResourcePath one, ResourcePath other) {
    return one.contains(other) || other.contains(one);
  }

  /** Work that cannot be heard of is still work: a timer service that fails fails no request. */
  private void startHeartbeat() {
    try {
      heartbeat.start();
    } catch (RuntimeException | Error e) {
      ticking.set(false);
      LOG.log(Level.WARNING, "the heartbeat did not start", e);
    }
  }

  private void finish(Operation operation) {
    inFlight.remove(operation);
    if (stopping) {
      synchronized (inFlight) {
        inFlight.notifyAll();
      }
    }
  }

  /**
   * Has {@code executor} give each operation that is due until the next tick its beat, and stop
   * those that exceed their bounds. Returns false where none is in flight.
   */
  boolean tick(Executor executor) {
    Executor guarded = work -> executor.execute(new Guarded("a client was not told", work));
    List<Round.Beat> due = new ArrayList<>();
    for (Operation operation : inFlight) {
      new Guarded("an operation was passed over", () -> look(operation, due, guarded)).run();
    }
    new Guarded("old operations were not forgotten", documents::forgetOld).run();
    Round round = new Round(due, stopped);
    for (int runner = round.runners(); runner > 0; runner--) {
      guarded.execute(round);
    }
    return !inFlight.isEmpty();
  }

  private static void look(Operation operation, List<Round.Beat> due, Executor executor) {
    for (Wire wire : operation.wires()) {
      wire.dueWithin(Heartbeat.TICK).ifPresent(at -> due.add(new Round.Beat(wire, at)));
      if (wire.isWaitOver()) {
        executor.execute(wire::accept);
      }
    }
    operation
        .opened()
        .filter(OperationDocument::isFollowed)
        .ifPresent(document -> executor.execute(document::tellFollowers));
    operation.exceeded().ifPresent(reason -> executor.execute(() -> stop(operation, reason)));
  }

  private static void stop(Operation operation, String reason) {
    LOG.log(Level.WARNING, "{0}: {1}", operation.name(), reason);
    operation.abort(reason);
  }

  /** The timer ended; it is started again at once where an operation came meanwhile. */
  void stoppedTicking() {
    ticking.set(false);
    if (!inFlight.isEmpty() && ticking.compareAndSet(false, true)) {
      startHeartbeat();
    }
  }

  /**
   * The application stops: cancels what is in flight and waits until it rolled back; what does not
   * listen for long gets its 503 from here. No operation begins any more. Who notices first calls
   * it, and calls after the first change nothing: on Payara that must be the servlet, for once the
   * web module has stopped no class of it can be loaded any more.
   */
  public void stop() {
    if (!stopping) {
      drain(GRACE);
    }
  }

  void drain(Duration grace) {
    stopping = true;
    documents.stop();
    inFlight.forEach(operation -> operation.cancel("the server stops"));
    long deadline = System.nanoTime() + grace.toNanos();
    synchronized (inFlight) {
      for (long left; !inFlight.isEmpty() && (left = deadline - System.nanoTime()) > 0; ) {
        try {
          inFlight.wait(Math.max(1, left / 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
      }
    }
    stopped.countDown();
    inFlight.forEach(operation -> operation.abort("the server stops"));
    documents.forgetAll();
  }
}
