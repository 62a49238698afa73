package org.meantime.dav.operation;

import java.time.Duration;
import java.util.function.Consumer;
import org.meantime.dav.Prefer;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.RequestHead;

/** Runs an operation for tests of other packages, without a heartbeat. */
public final class Runs {
  /** Of a request about {@code /a}. */
  static final RequestHead HEAD =
      new RequestHead(
          ResourcePath.parse("/a"),
          false,
          "/dav",
          new Caller("ann", false),
          new Client("", false, Prefer.NOTHING),
          Conditions.NONE);

  private static final Pace PACE =
      new Pace(Duration.ofDays(1), Duration.ofDays(1), () -> Pace.MOST);
  private static final Bounds BOUNDS = new Bounds(Duration.ofDays(1), Duration.ofDays(1), true);

  private Runs() {}

  /** Runs the work to its end on the calling thread. */
  public static void run(DavRequest request, RecordedReply reply, Consumer<Operation> work) {
    Surroundings surroundings =
        new Surroundings(
            PACE,
            BOUNDS,
            System::nanoTime,
            new Counters(),
            new OperationDocuments(() -> Duration.ofHours(1), new NoJournal()));
    Operation operation = new Operation(request, reply, surroundings);
    work.accept(operation);
    operation.end();
  }
}
