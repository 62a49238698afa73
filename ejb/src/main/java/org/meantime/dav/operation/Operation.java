package org.meantime.dav.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Prefer;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.operation.OperationDocument.State;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.xml.Response;

/**
 * A request being executed. Its work runs on one thread, which reports progress and replies through
 * it; the heartbeat beats it from others.
 *
 * <p><b>Why one monitor.</b> Three parties may want the wire of this request: the heartbeat, to
 * send a 102, or the 202 of a client that does not wait; the work, to send the final response; and
 * whoever stops it, to send a 503 in place of work that does not listen. HTTP allows any number of
 * interim responses, then exactly one final response, and nothing in between. So the right to write
 * belongs to whoever holds the monitor while the status is not committed. A beat keeps it for as
 * long as the 102 is being written; a commit takes it to set {@code committed} and lets go.
 * Whatever the order in which they arrive, a 102 is either whole on the wire before the status line
 * is begun, or is not sent at all. Once committed, the wire belongs to the thread that committed,
 * without the monitor: a multistatus may take minutes to stream, and nobody waits for it here. A
 * stop commits in the same way; the work that comes later finds the status taken, and is stopped by
 * an exception that rolls its transaction back.
 */
public final class Operation implements Reply, Progress {
  private static final System.Logger LOG = System.getLogger(Operation.class.getName());
  private static final long NOT_YET = Long.MIN_VALUE;
  private static final long NEVER_AGAIN = Long.MAX_VALUE;

  private final DavRequest request;
  private final ClientReply client;
  // the client's or, from its acceptance on, one that is kept; written under monitor
  private volatile Reply reply;
  private final InterimResponse interim;
  private final Pace pace;
  private final boolean outlivesClient;
  private final Watch watch;
  private final LongSupplier nanoClock;
  private final Counters counters;
  private final OperationDocuments documents;
  private final long id;
  private final long begun; // nanoseconds
  private final Tally tally = new Tally();

  private final Object monitor = new Object();
  private boolean committed; // guarded by monitor
  private boolean taken; // guarded by monitor: committed by another than the work
  private boolean decided; // guarded by monitor: the change is being made for good
  private boolean ended; // guarded by monitor
  private boolean accepted; // guarded by monitor: a 202 was sent
  private Optional<OperationDocument> document = Optional.empty(); // guarded by monitor
  private Status answered = Status.INTERNAL_SERVER_ERROR; // guarded by monitor: the final status
  private boolean deserted; // guarded by monitor: its client is known to be gone

  private final AtomicBoolean beating = new AtomicBoolean(); // one at a time: a write may block
  private volatile long nextBeat = NOT_YET; // nanoseconds
  private volatile long waitOver = NEVER_AGAIN; // nanoseconds
  private volatile int interims; // written under monitor
  private final AtomicReference<DavException> cancelled = new AtomicReference<>();

  /** An operation that has not begun. */
  Operation(
      DavRequest request, ClientReply client, InterimResponse interim, Surroundings surroundings) {
    this.request = request;
    this.client = client;
    reply = client;
    this.interim = interim;
    pace = surroundings.pace();
    outlivesClient = surroundings.bounds().outlivesClient();
    nanoClock = surroundings.nanoClock();
    counters = surroundings.counters();
    documents = surroundings.documents();
    id = counters.start();
    begun = nanoClock.getAsLong();
    watch = new Watch(surroundings.bounds(), nanoClock);
  }

  /** A number no other operation of this application has. */
  public long id() {
    return id;
  }

  /** How long ago it began. */
  public Duration age() {
    return Duration.ofNanos(nanoClock.getAsLong() - begun);
  }

  /** How far it is. */
  public Tally tally() {
    return tally;
  }

  /** How many interim responses it sent. */
  public int interims() {
    return interims;
  }

  /** The request being executed. */
  public DavRequest request() {
    return request;
  }

  /**
   * The request arrived to its end and passed every check that can be made at once; from here on it
   * is work, and may send 102s. Calls after the first change nothing.
   */
  public void underWay() {
    if (nextBeat == NOT_YET && !request.neverInterim()) {
      nextBeat = in(pace.first());
      Prefer prefer = request.head().client().prefer();
      if (prefer.respondAsync()) {
        waitOver = in(prefer.waiting().orElse(Duration.ZERO));
      }
      if (isWaitOver()) {
        accept();
      }
    }
    checkCancelled();
  }

  /** True where the client has waited for as long as it wants to. As cheap as {@link #isDue}. */
  boolean isWaitOver() {
    long at = waitOver;
    return at != NEVER_AGAIN && nanoClock.getAsLong() - at >= 0;
  }

  /**
   * Answers with a 202 in place of what is still to come, unless that came first; from then on
   * nobody waits, and what the work replies is kept.
   */
  void accept() {
    synchronized (monitor) {
      waitOver = NEVER_AGAIN;
      if (committed || accepted) {
        return;
      }
      accepted = true;
      nextBeat = NEVER_AGAIN;
      KeptReply kept = client.accept(document().href());
      document().keep(kept);
      reply = kept;
    }
  }

  private OperationDocument document() {
    document = document.or(() -> Optional.of(documents.open(this)));
    return document.get();
  }

  /** True where a sign of life is due. Cheap, without the monitor: asked of all, each tick. */
  boolean isDue() {
    long at = nextBeat;
    return at != NOT_YET && at != NEVER_AGAIN && nanoClock.getAsLong() - at >= 0 && !beating.get();
  }

  /**
   * Why it is to be stopped; asked by the tick alone. Before it is under way there is no reason.
   */
  Optional<String> exceeded() {
    Optional<String> reason = watch.exceeded(tally);
    return nextBeat == NOT_YET || cancelled.get() != null ? Optional.empty() : reason;
  }

  /**
   * Sends one 102, or white space where a multistatus is being streamed; nothing where the final
   * response came first. May block for as long as the client takes, so never called on the timer's
   * thread. A heartbeat never fails a request.
   */
  void beat() {
    if (isDue() && beating.compareAndSet(false, true)) {
      try {
        synchronized (monitor) {
          sendSignOfLife();
        }
      } catch (IOException e) {
        clientGone(e);
      } catch (UncheckedIOException e) {
        clientGone(e.getCause());
      } finally {
        beating.set(false);
      }
    }
  }

  private void sendSignOfLife() throws IOException {
    if (nextBeat == NEVER_AGAIN || ended) {
      return;
    }
    // no later for the time the tick took to come by, or the gaps would grow by a tick each
    long late = Math.min(nanoClock.getAsLong() - nextBeat, Heartbeat.TICK.toNanos());
    if (committed) {
      nextBeat = in(pace.interval()) - late;
      reply.keepAlive();
      return;
    }
    if (interims >= pace.limit().getAsInt()) {
      nextBeat = NEVER_AGAIN;
      return;
    }
    nextBeat = in(pace.gap(interims + 1)) - late;
    switch (interim.sendProcessing(fields())) {
      case SENT -> {
        document();
        interims++;
        counters.interim();
      }
      case NOT_YET -> {} // asked again when it is due again
      case NEVER -> nextBeat = NEVER_AGAIN;
    }
  }

  /** Draft-wright-http-progress: what a 102 says to who asked for it. */
  private Map<String, String> fields() {
    if (!request.head().client().prefer().processing()) {
      return Map.of();
    }
    return Map.of("Location", document().href(), "Progress", tally.text());
  }

  private long in(Duration duration) {
    return nanoClock.getAsLong() + duration.toNanos();
  }

  private void clientGone(IOException e) {
    nextBeat = NEVER_AGAIN;
    deserted("the client is gone", e);
    if (request.isSafe() || !outlivesClient) {
      cancel("the client is gone"); // of what only reads, nothing else remains
    }
  }

  private void deserted(String how, Exception e) {
    LOG.log(Level.DEBUG, "{0}: {1}: {2}", request.head().target(), how, e.toString());
    synchronized (monitor) {
      if (!deserted) {
        deserted = true;
        counters.clientGone();
      }
    }
  }

  boolean isCancelled() {
    return cancelled.get() != null;
  }

  /** Asks the work to stop: its next report of progress throws a 503. */
  public void cancel(String reason) {
    if (cancelled.compareAndSet(null, new DavException(Status.SERVICE_UNAVAILABLE, reason))) {
      counters.cancel();
    }
  }

  /**
   * The work is about to make its change for good. Throws a 503 where it was asked to stop, so that
   * the change is undone; from here on nobody but the work answers.
   */
  public void decide() {
    synchronized (monitor) {
      checkCancelled();
      decided = true;
    }
  }

  /** Ends the request with a 503 from outside, where the work has not committed a status. */
  void abort(String reason) {
    synchronized (monitor) {
      cancel(reason);
      if (committed || decided) {
        return;
      }
      committed = true;
      taken = true;
      answered = Status.SERVICE_UNAVAILABLE;
    }
    quietly(() -> reply.fail(new DavException(Status.SERVICE_UNAVAILABLE, reason)));
    endOnce();
  }

  /** Runs the work and makes sure that exactly one final response comes of it. */
  public void execute(Runnable work) {
    try {
      work.run();
      requireReply();
    } catch (DavException e) {
      fail(e);
    } catch (UncheckedIOException e) {
      deserted("the connection was lost", e);
      fail(new DavException(Status.BAD_REQUEST, "the connection was lost"));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a bug, answered with 500: " + request.head().target(), e);
      fail(new DavException(Status.INTERNAL_SERVER_ERROR, "an error of the server"));
    }
  }

  private void requireReply() {
    synchronized (monitor) {
      if (committed) {
        return;
      }
    }
    throw new IllegalStateException("the method sent no reply");
  }

  private void checkCancelled() {
    DavException stop = cancelled.get();
    if (stop != null) {
      throw stop;
    }
  }

  @Override
  public void expect(long total) {
    checkCancelled();
    tally.expect(total);
  }

  @Override
  public void member(ResourcePath current) {
    checkCancelled();
    tally.member(current);
  }

  @Override
  public void bytes(long count) {
    checkCancelled();
    tally.bytes(count);
  }

  @Override
  public void header(String name, String value) {
    synchronized (monitor) {
      reply.header(name, value);
    }
  }

  @Override
  public void member(Response response) {
    // after the first, a multistatus shows by itself that the work goes on
    commit(Status.MULTI_STATUS);
    reply.member(response);
    nextBeat = in(pace.interval());
  }

  @Override
  public void send(Status status) {
    commit(status);
    reply.send(status);
  }

  @Override
  public void send(Status status, Body body) {
    commit(status);
    reply.send(status, body);
  }

  private void commit(Status status) {
    synchronized (monitor) {
      if (taken) {
        throw new DavException(Status.SERVICE_UNAVAILABLE, "the operation was stopped");
      }
      committed = true;
      answered = status;
      nextBeat = NEVER_AGAIN;
    }
  }

  @Override
  public void fail(DavException error) {
    synchronized (monitor) {
      if (taken) {
        return;
      }
      committed = true;
      answered = error.status();
      nextBeat = NEVER_AGAIN;
      if (error.status().code() >= 500 && cancelled.get() == null) {
        counters.fail();
      }
    }
    quietly(() -> reply.fail(error));
  }

  /** The end of the operation; whoever comes second does nothing. */
  @Override
  public void end() {
    synchronized (monitor) {
      if (taken) {
        return;
      }
    }
    endOnce();
  }

  private void endOnce() {
    synchronized (monitor) {
      if (ended) {
        return;
      }
      ended = true;
    }
    quietly(reply::end);
    synchronized (monitor) {
      document.ifPresent(it -> it.end(state(), answered));
    }
  }

  private State state() {
    if (answered.code() < 400) {
      return State.DONE;
    }
    return isCancelled() ? State.CANCELLED : State.FAILED;
  }

  private void quietly(Runnable last) {
    try {
      last.run();
    } catch (UncheckedIOException e) {
      deserted("the client is gone", e);
    }
  }
}
