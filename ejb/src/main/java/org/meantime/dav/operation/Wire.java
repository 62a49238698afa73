package org.meantime.dav.operation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Prefer;
import org.meantime.dav.Status;
import org.meantime.dav.xml.Response;

/**
 * The response to one client: interim ones while the work goes on, then the final one, which the
 * operation tells it.
 *
 * <p><b>Why one monitor.</b> Three parties may want to write here: the heartbeat, to send a 102, or
 * the 202 of a client that does not wait; the work, to send the final response; and whoever stops
 * it, to send a 503 in place of work that does not listen. HTTP allows any number of interim
 * responses, then exactly one final response, and nothing in between. Which of the last two it is
 * that answers, the operation decides; the monitor keeps the first from both. A beat keeps it for
 * as long as the 102 is being written; a commit takes it to set {@code committed} and lets go.
 * Whatever the order in which they arrive, a 102 is either whole on the wire before the status line
 * is begun, or is not sent at all. Once committed, the wire belongs to the thread that committed,
 * without the monitor: a multistatus may take minutes to stream, and nobody waits for it here.
 *
 * <p>Whoever holds this monitor may take that of the operation, never the other way round.
 */
final class Wire implements Reply {
  private static final System.Logger LOG = System.getLogger(Wire.class.getName());
  private static final long NOT_YET = Long.MIN_VALUE;
  private static final long NEVER_AGAIN = Long.MAX_VALUE;

  private final Operation operation;
  private final ClientReply client;
  private final Pace pace;
  private final Prefer prefer;
  private final LongSupplier nanoClock;

  private final Object monitor = new Object();
  private boolean committed; // guarded by monitor
  private boolean ended; // guarded by monitor
  private boolean accepted; // guarded by monitor: a 202 was sent
  private volatile boolean gone; // the client is known to have left

  private final AtomicBoolean beating = new AtomicBoolean(); // one at a time: a write may block
  private volatile long nextBeat = NOT_YET; // nanoseconds
  private volatile long waitOver = NEVER_AGAIN; // nanoseconds
  private volatile int interims; // written under monitor

  Wire(Operation operation, ClientReply client, Surroundings surroundings, Prefer prefer) {
    this.operation = operation;
    this.client = client;
    this.prefer = prefer;
    pace = surroundings.pace();
    nanoClock = surroundings.nanoClock();
  }

  /** The work is under way: from here on there are signs of life, or an end of the wait. */
  void begin() {
    nextBeat = in(pace.first());
    if (prefer.respondAsync()) {
      waitOver = in(prefer.waiting().orElse(Duration.ZERO));
      acceptIfWaited();
    }
  }

  void acceptIfWaited() {
    if (isWaitOver()) {
      accept();
    }
  }

  int interims() {
    return interims;
  }

  boolean isGone() {
    return gone;
  }

  /** Keeps what would be, or will be, the final response. */
  KeptReply keep() {
    return client.keep();
  }

  /**
   * True where the client has waited for as long as it wants to. As cheap as {@link #dueWithin}.
   */
  boolean isWaitOver() {
    long at = waitOver;
    return at != NEVER_AGAIN && nanoClock.getAsLong() - at >= 0;
  }

  /** Answers with a 202 in place of what is still to come, unless that came first. */
  void accept() {
    synchronized (monitor) {
      if (!operation.isAcceptable()) {
        return; // asked again once it is
      }
      waitOver = NEVER_AGAIN;
      if (committed || accepted) {
        return;
      }
      Optional<OperationDocument> document = operation.document();
      if (document.isPresent()) {
        document.get().promise();
        client.accept(document.get().href());
        accepted = true;
        nextBeat = NEVER_AGAIN;
      }
    }
  }

  /**
   * When, in nanoseconds, a sign of life is due, where that is before so much time has passed.
   * Cheap, without the monitor: asked of all, each tick.
   */
  OptionalLong dueWithin(Duration time) {
    long at = nextBeat;
    boolean due =
        at != NOT_YET
            && at != NEVER_AGAIN
            && nanoClock.getAsLong() - at >= -time.toNanos()
            && !beating.get();
    return due ? OptionalLong.of(at) : OptionalLong.empty();
  }

  /** True where a sign of life is due. */
  boolean isDue() {
    return dueWithin(Duration.ZERO).isPresent();
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
        leave(e);
        operation.cancelIfUnwanted();
      } catch (UncheckedIOException e) {
        leave(e.getCause());
        operation.cancelIfUnwanted();
      } catch (RuntimeException | Error e) {
        LOG.log(Level.ERROR, "no sign of life could be sent for " + operation.name(), e);
      } finally {
        beating.set(false);
      }
    }
  }

  private void sendSignOfLife() throws IOException {
    long late = nanoClock.getAsLong() - nextBeat;
    if (nextBeat == NEVER_AGAIN || ended || late < 0) { // another beat came in between
      return;
    }
    nextBeat = in(pace.interval()); // whatever goes wrong now does not at each tick
    // no later for the time it took to come by, or each gap would grow by that
    late = Math.min(late, Heartbeat.TICK.toNanos());
    if (committed) {
      nextBeat = in(pace.interval()) - late;
      client.keepAlive();
    } else if (interims >= pace.limit().getAsInt()) {
      nextBeat = NEVER_AGAIN;
    } else {
      nextBeat = in(pace.gap(interims + 1)) - late;
      sendProcessing();
    }
  }

  private void sendProcessing() throws IOException {
    Map<String, String> fields = Map.of();
    if (prefer.processing()) {
      Optional<OperationDocument> document = operation.document();
      if (document.isEmpty()) {
        return; // the final response is about to be written
      }
      // draft-wright-http-progress
      fields = Map.of("Location", document.get().href(), "Progress", operation.tally().text());
    }
    switch (client.sendProcessing(fields)) {
      case SENT -> {
        interims++;
        operation.interimSent();
      }
      case NOT_YET -> {} // asked again when it is due again
      case NEVER -> nextBeat = NEVER_AGAIN;
    }
  }

  private long in(Duration duration) {
    return nanoClock.getAsLong() + duration.toNanos();
  }

  /** The client has left, as a failed write shows. */
  private void leave(IOException how) {
    nextBeat = NEVER_AGAIN;
    LOG.log(Level.DEBUG, "{0}: the client is gone: {1}", operation.name(), how.toString());
    gone = true;
    operation.clientGone();
  }

  /** No interim response from here on; false where the client has its 202, and waits no more. */
  boolean commit() {
    synchronized (monitor) {
      committed = true;
      nextBeat = NEVER_AGAIN;
      return !accepted;
    }
  }

  @Override
  public void header(String name, String value) {
    client.header(name, value);
  }

  @Override
  public void member(Response response) {
    client.member(response);
    nextBeat = in(pace.interval()); // each shows by itself that the work goes on
  }

  @Override
  public void send(Status status) {
    client.send(status);
  }

  @Override
  public void send(Status status, Body body) {
    client.send(status, body);
  }

  @Override
  public void fail(DavException error) {
    nextBeat = NEVER_AGAIN;
    client.fail(error);
  }

  @Override
  public void end() {
    synchronized (monitor) {
      ended = true;
    }
    client.end();
  }

  /** Has the reply written, or finds that the client has left. */
  void attempt(Consumer<Reply> what) {
    try {
      what.accept(this);
    } catch (UncheckedIOException e) {
      leave(e.getCause());
    }
  }
}
