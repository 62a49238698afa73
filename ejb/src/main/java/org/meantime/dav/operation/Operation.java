package org.meantime.dav.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.meantime.dav.DavException;
import org.meantime.dav.Prefer;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;
import org.meantime.dav.operation.OperationDocument.State;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.xml.Response;

/**
 * A request being executed. Its work runs on one thread, which reports progress and replies through
 * it. Usually one client waits for it; one that sent the same request again may have joined it; and
 * from the first sign that it takes a while there is a document, which keeps what is replied.
 *
 * <p>Either the work answers or who stops it, and all the clients alike: the first to {@link
 * #settle} it. The work that comes second finds it taken, and is stopped by an exception that rolls
 * its transaction back. When the work has decided to make its change for good, nobody else answers
 * any more.
 */
public final class Operation implements Reply, Progress {
  private static final System.Logger LOG = System.getLogger(Operation.class.getName());

  private final DavRequest request;
  private final Surroundings surroundings;
  private final Watch watch;
  private final long id;
  private final long begun; // nanoseconds
  private final Tally tally;
  private final Audience audience = new Audience();
  private final Map<String, String> headers = new LinkedHashMap<>(); // the work's alone
  private final AtomicReference<DavException> cancelled = new AtomicReference<>();

  private final Object monitor = new Object();
  private volatile boolean underWay; // written under monitor
  private volatile boolean acceptable = true;
  private boolean settled; // guarded by monitor: it is known who answers
  private boolean taken; // guarded by monitor: another than the work
  private boolean decided; // guarded by monitor: the change is being made for good
  private boolean ended; // guarded by monitor
  private boolean deserted; // guarded by monitor: a client is known to be gone
  private String reason = ""; // guarded by monitor: why it failed
  private Status answered = Status.INTERNAL_SERVER_ERROR; // guarded by monitor
  private Optional<Journal.Mark> mark = Optional.empty(); // guarded by monitor
  private volatile Optional<OperationDocument> document = Optional.empty(); // same, once

  /** An operation that has not begun. */
  Operation(DavRequest request, ClientReply client, Surroundings surroundings) {
    this.request = request;
    this.surroundings = surroundings;
    id = surroundings.counters().start();
    tally = new Tally(request.head().target());
    begun = surroundings.nanoClock().getAsLong();
    watch = new Watch(surroundings.bounds(), surroundings.nanoClock());
    audience.add(new Wire(this, client, surroundings, request.head().client().prefer()));
  }

  /** A number no other operation of this application has. */
  public long id() {
    return id;
  }

  /** How long ago it began. */
  public Duration age() {
    return Duration.ofNanos(surroundings.nanoClock().getAsLong() - begun);
  }

  /** How far it is. */
  public Tally tally() {
    return tally;
  }

  /** How many interim responses it sent. */
  public int interims() {
    return audience.interims();
  }

  /** The request being executed. */
  public DavRequest request() {
    return request;
  }

  /** For the log. */
  String name() {
    return request.method() + " " + request.head().target();
  }

  /** Those it answers, or has answered. */
  List<Wire> wires() {
    return audience.wires();
  }

  /**
   * Answers another client as well, which sent the same request; false where it is too late.
   *
   * @param prefer what that client would like
   */
  boolean join(ClientReply client, Surroundings surroundings, Prefer prefer) {
    Wire wire = new Wire(this, client, surroundings, prefer);
    boolean begins;
    synchronized (monitor) {
      if (settled || isCancelled()) {
        return false;
      }
      audience.add(wire);
      begins = underWay;
    }
    if (begins) {
      wire.begin();
    }
    return true;
  }

  /**
   * The request arrived to its end and passed every check that can be made at once; from here on it
   * is work, and may send 102s. Calls after the first change nothing.
   */
  public void underWay() {
    if (!underWay && !request.neverInterim()) {
      List<Wire> first;
      synchronized (monitor) {
        underWay = true;
        first = List.copyOf(wires());
      }
      first.forEach(Wire::begin);
    }
    checkCancelled();
  }

  /** No client is answered with a 202 before {@link #acceptable}: what it sent is not safe yet. */
  public void holdAcceptance() {
    acceptable = false;
  }

  /** What the client sent is safe; whoever has waited for long enough gets its 202 now. */
  public void acceptable() {
    acceptable = true;
    wires().forEach(Wire::acceptIfWaited);
    checkCancelled();
  }

  boolean isAcceptable() {
    return acceptable;
  }

  /** Where it can be asked for; opened by the first call, before it is settled or never. */
  Optional<OperationDocument> document() {
    synchronized (monitor) {
      if (document.isEmpty() && !settled) {
        OperationDocument opened = surroundings.documents().open(this, wires().get(0).keep());
        mark.ifPresent(opened::mark);
        document = Optional.of(opened);
      }
      return document;
    }
  }

  /** Its document, where it was opened. */
  Optional<OperationDocument> opened() {
    return document;
  }

  void interimSent() {
    surroundings.counters().interim();
    document();
  }

  /**
   * Why it is to be stopped; asked by the tick alone. Before it is under way there is no reason.
   */
  Optional<String> exceeded() {
    Optional<String> reason = watch.exceeded(tally);
    return !underWay || isCancelled() ? Optional.empty() : reason;
  }

  /** A client has left. */
  void clientGone() {
    synchronized (monitor) {
      if (!deserted) {
        deserted = true;
        surroundings.counters().clientGone();
      }
    }
  }

  /** Stops what nobody is left to wait for; of what only reads, nothing else remains. */
  void cancelIfUnwanted() {
    if (audience.isGone() && (request.isSafe() || !surroundings.bounds().outlivesClient())) {
      cancel("the client is gone");
    }
  }

  boolean isCancelled() {
    return cancelled.get() != null;
  }

  /** Asks the work to stop: its next report of progress throws a 503. */
  public void cancel(String reason) {
    if (cancelled.compareAndSet(null, new DavException(Status.SERVICE_UNAVAILABLE, reason))) {
      surroundings.counters().cancel();
    }
  }

  private void checkCancelled() {
    DavException stop = cancelled.get();
    if (stop != null) {
      throw stop;
    }
  }

  /**
   * The work makes its changes one by one, each for good: stopped, it leaves those it has made.
   * Otherwise there is but one, at {@link #decide}.
   */
  public void piecemeal() {
    mark(Journal.Mark.PIECEMEAL);
  }

  /**
   * The work is about to make its change for good. Throws a 503 where it was asked to stop, so that
   * the change is undone; from here on nobody but the work answers.
   */
  public void decide() {
    synchronized (monitor) {
      checkCancelled();
      decided = true;
      mark(Journal.Mark.DECIDED);
    }
  }

  /** The change was made for good, and is safe. */
  public void made() {
    mark(Journal.Mark.MADE);
  }

  private void mark(Journal.Mark now) {
    synchronized (monitor) {
      mark = Optional.of(now);
      document.ifPresent(it -> it.mark(now));
    }
  }

  /** Ends the request with a 503 from outside, where nothing else was answered or decided. */
  void abort(String why) {
    DavException error = new DavException(Status.SERVICE_UNAVAILABLE, why);
    synchronized (monitor) {
      cancel(why);
      if (settled || decided) {
        return;
      }
      settled = true;
      taken = true;
      answered = error.status();
      reason = why;
    }
    audience.settle(kept(), Map.of());
    audience.fail(error);
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
      LOG.log(Level.DEBUG, "{0}: the connection was lost: {1}", name(), e.toString());
      clientGone();
      fail(new DavException(Status.BAD_REQUEST, "the connection was lost"));
    } catch (RuntimeException | Error e) {
      String what = e instanceof StorageException ? "the storage failed" : "a bug";
      LOG.log(Level.ERROR, what + ", answered with 500: " + name(), e);
      fail(new DavException(Status.INTERNAL_SERVER_ERROR, "an error of the server"));
    }
  }

  private void requireReply() {
    synchronized (monitor) {
      if (settled) {
        return;
      }
    }
    throw new IllegalStateException("the method sent no reply");
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
    headers.put(name, value);
  }

  @Override
  public void member(Response response) {
    requireSettled(Status.MULTI_STATUS);
    audience.member(response);
    requireListener();
  }

  @Override
  public void send(Status status) {
    requireSettled(status);
    audience.send(status);
    requireListener();
  }

  @Override
  public void send(Status status, Body body) {
    requireSettled(status);
    audience.send(status, body);
    requireListener();
  }

  private void requireSettled(Status status) {
    if (!settle(status)) {
      throw new DavException(Status.SERVICE_UNAVAILABLE, "the operation was stopped");
    }
  }

  /** The work answers; false where another did. */
  private boolean settle(Status status) {
    boolean first;
    synchronized (monitor) {
      if (taken) {
        return false;
      }
      first = !settled;
      settled = true;
      answered = status;
    }
    if (first) {
      audience.settle(kept(), headers);
    }
    return true;
  }

  private Optional<KeptReply> kept() {
    return document.map(OperationDocument::kept);
  }

  /** What only reads, reads for somebody. */
  private void requireListener() {
    if (request.isSafe() && audience.isGone()) {
      throw new UncheckedIOException(new IOException("the client is gone"));
    }
  }

  @Override
  public void fail(DavException error) {
    if (!settle(error.status())) {
      return;
    }
    synchronized (monitor) {
      reason = error.getMessage();
    }
    if (error.status().code() >= 500 && !isCancelled()) {
      surroundings.counters().fail();
    }
    audience.fail(error);
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
    audience.end();
    document.ifPresent(it -> it.end(outcome()));
  }

  private OperationDocument.End outcome() {
    synchronized (monitor) {
      String fate = reason.isEmpty() || request.isSafe() ? "" : ": " + OperationDocument.fate(mark);
      return new OperationDocument.End(
          Instant.now(), state(), Optional.of(answered), reason + fate);
    }
  }

  private State state() {
    if (answered.code() < 400) {
      return State.DONE;
    }
    return isCancelled() ? State.CANCELLED : State.FAILED;
  }
}
