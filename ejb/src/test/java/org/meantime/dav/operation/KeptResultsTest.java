package org.meantime.dav.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Status;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.xml.Response;

/** What the kept results of operations may take: so much of a user, so much in all. */
class KeptResultsTest {
  private static final DavRequest PROPFIND =
      new PropfindRequest(Runs.HEAD, Depth.INFINITY, new PropfindRequest.Names());

  private final List<Sized> kept = new ArrayList<>();
  private final OperationDocuments documents =
      new OperationDocuments(() -> Duration.ofHours(1), new NoJournal(), () -> 100, () -> 1000);

  /** Takes as many bytes as it is told. */
  private static final class Sized implements KeptReply {
    private long length;
    private BooleanSupplier room;

    boolean add(long bytes) {
      length += bytes;
      return room.getAsBoolean();
    }

    @Override
    public long length() {
      return length;
    }

    @Override
    public void bound(BooleanSupplier asked) {
      room = asked;
    }

    @Override
    public void forget() {
      length = 0;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public Optional<Body> content() {
      return Optional.empty();
    }

    @Override
    public void header(String name, String value) {}

    @Override
    public void member(Response member) {}

    @Override
    public void send(Status status) {}

    @Override
    public void send(Status status, Body body) {}

    @Override
    public void fail(DavException error) {}

    @Override
    public void end() {}
  }

  private Operation begin() {
    Surroundings surroundings =
        new Surroundings(
            new Pace(Duration.ofDays(1), Duration.ofDays(1), () -> Pace.MOST),
            new Bounds(Duration.ofDays(1), Duration.ofDays(1), true),
            System::nanoTime,
            new Counters(),
            documents);
    Operation operation = new Operation(PROPFIND, new RecordedReply(), surroundings);
    Sized sized = new Sized();
    kept.add(sized);
    documents.open(operation, sized);
    return operation;
  }

  private Sized result(int number) {
    return kept.get(number);
  }

  private void endAll() {
    documents
        .page(Runs.HEAD.caller(), Optional.empty(), 99)
        .documents()
        .forEach(
            document ->
                document.end(
                    new OperationDocument.End(
                        java.time.Instant.now(),
                        OperationDocument.State.DONE,
                        Optional.of(Status.OK),
                        "")));
  }

  @Test
  void oldestResult_goesFirst() {
    begin();
    assertTrue(result(0).add(60));
    endAll();
    begin();
    assertTrue(result(1).add(60));
    assertEquals(0, result(0).length());
    assertEquals(60, result(1).length());
  }

  @Test
  void resultThatIsTooLarge_isGivenUpAndTheOthersWithIt() {
    begin();
    assertFalse(result(0).add(101));
  }

  @Test
  void resultsOfOperationsAtWork_areNotTakenAway() {
    begin();
    assertTrue(result(0).add(60));
    begin();
    assertFalse(result(1).add(60));
    assertEquals(60, result(0).length());
  }
}
