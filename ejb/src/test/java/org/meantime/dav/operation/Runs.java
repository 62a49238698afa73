package org.meantime.dav.operation;

import java.time.Duration;
import java.util.function.Consumer;
import org.meantime.dav.request.DavRequest;

/** Runs an operation for tests of other packages, without a heartbeat. */
public final class Runs {
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
