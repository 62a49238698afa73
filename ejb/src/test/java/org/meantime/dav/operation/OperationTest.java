package org.meantime.dav.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Prefer;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.operation.OperationDocument.State;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.OptionsRequest;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.xml.Response;

class OperationTest {
  private static final Pace PACE =
      new Pace(Duration.ofSeconds(10), Duration.ofSeconds(20), () -> Pace.MOST);
  private static final Bounds BOUNDS = new Bounds(Duration.ofMinutes(5), Duration.ofHours(2), true);
  private static final DavRequest COPY =
      new CopyRequest(Runs.HEAD, ResourcePath.parse("/b"), Depth.INFINITY, true, Optional.empty());
  private static final DavRequest PROPFIND =
      new PropfindRequest(Runs.HEAD, Depth.INFINITY, new PropfindRequest.Names());

  private final AtomicLong now = new AtomicLong(-5);
  private final Counters counters = new Counters();
  private final OperationDocuments documents =
      new OperationDocuments(() -> Duration.ofHours(1), new NoJournal());
  private final Surroundings surroundings =
      new Surroundings(PACE, BOUNDS, now::get, counters, documents);
  private RecordedReply reply = new RecordedReply();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stopThreads() {
    threads.shutdownNow();
  }

  private Operation operation(DavRequest request) {
    return new Operation(request, reply, surroundings);
  }

  private Operation operation(DavRequest request, InterimResponse interim) {
    reply = new RecordedReply(interim);
    return operation(request);
  }

  private static Wire wire(Operation operation) {
    return operation.wires().get(0);
  }

  private void seconds(long seconds) {
    now.addAndGet(seconds * 1_000_000_000);
  }

  @Test
  void beforeTheWorkBegins_noInterim() {
    Operation operation = operation(COPY);
    seconds(3600);
    assertFalse(wire(operation).isDue());
    wire(operation).beat();
    assertEquals(List.of(), reply.wire());
  }

  @Test
  void whileAtWork_firstThenEveryInterval() {
    Operation operation = operation(COPY);
    operation.underWay();
    int[] due = {9, 10, 29, 30, 49, 50};
    int at = 0;
    for (int second : due) {
      seconds(second - at);
      at = second;
      wire(operation).beat();
    }
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("102", "102", "102", "201", "end"), reply.wire());
  }

  @Test
  void atTheLimit_silenceAndThenTheAnswer() {
    Surroundings two =
        new Surroundings(
            new Pace(Duration.ofSeconds(10), Duration.ofSeconds(20), () -> 2),
            BOUNDS,
            now::get,
            counters,
            documents);
    Operation operation = new Operation(COPY, reply, two);
    operation.underWay();
    for (int i = 0; i < 10; i++) {
      seconds(50);
      wire(operation).beat();
    }
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("102", "102", "201", "end"), reply.wire());
  }

  private static DavRequest copyThatPrefers(String... preferences) {
    Client client = new Client("", false, Prefer.parse(List.of(preferences)));
    RequestHead head =
        new RequestHead(
            Runs.HEAD.target(), false, "/dav", Runs.HEAD.caller(), client, Conditions.NONE);
    return new CopyRequest(head, ResourcePath.parse("/b"), Depth.INFINITY, true, Optional.empty());
  }

  private OperationDocument document() {
    return documents.page(Runs.HEAD.caller(), Optional.empty(), 99).documents().get(0);
  }

  @Test
  void whoDoesNotWait_isAcceptedOnceTheChecksAreMade() {
    Operation operation = operation(copyThatPrefers("respond-async"));
    assertEquals(List.of(), reply.wire());
    operation.underWay();
    assertEquals(List.of("202 /dav/.operations/…"), reply.wire());
    assertEquals(State.RUNNING, document().state());
    seconds(100);
    wire(operation).beat();
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(1, reply.wire().size(), "nothing more on the wire");
    assertEquals(List.of("201", "end"), reply.kept());
    assertEquals(State.DONE, document().state());
    assertEquals(Optional.of(Status.CREATED), document().ended().flatMap(end -> end.status()));
  }

  @Test
  void whoWaitsForAWhile_isAcceptedAfterIt() {
    Operation operation = operation(copyThatPrefers("respond-async", "wait=8"));
    operation.underWay();
    seconds(7);
    assertFalse(wire(operation).isWaitOver());
    seconds(1);
    assertTrue(wire(operation).isWaitOver());
    wire(operation).accept();
    wire(operation).accept();
    assertFalse(wire(operation).isWaitOver());
    assertEquals(List.of("202 /dav/.operations/…"), reply.wire());
  }

  @Test
  void whatEndsWithinTheWait_isAnsweredAtOnce() {
    Operation operation = operation(copyThatPrefers("respond-async", "wait=8"));
    operation.underWay();
    operation.send(Status.CREATED);
    seconds(8);
    wire(operation).accept();
    operation.end();
    assertEquals(List.of("201", "end"), reply.wire());
    assertEquals(List.of(), documents.page(Runs.HEAD.caller(), Optional.empty(), 99).documents());
  }

  @Test
  void whatIsRefused_isNeverAccepted() {
    Operation operation = operation(copyThatPrefers("respond-async"));
    operation.execute(
        () -> {
          throw new DavException(Status.PRECONDITION_FAILED, "taken");
        });
    operation.end();
    assertEquals(List.of("412", "end"), reply.wire());
  }

  @Test
  void anAcceptedOperation_canBeCancelled() {
    Operation operation = operation(copyThatPrefers("respond-async"));
    operation.execute(
        () -> {
          operation.underWay();
          assertTrue(document().cancel("no more"));
          assertEquals(State.CANCELLING, document().state());
          operation.member(ResourcePath.parse("/a/1"));
        });
    operation.end();
    assertEquals(List.of("503", "end"), reply.kept());
    assertEquals(State.CANCELLED, document().state());
    assertFalse(document().cancel("again"));
  }

  @Test
  void anOperation_isSeenByItsUserAndAdministrators() {
    operation(copyThatPrefers("respond-async")).underWay();
    UUID id = document().id();
    assertTrue(documents.find(id, new Caller("ann", false)).isPresent());
    assertTrue(documents.find(id, new Caller("root", true)).isPresent());
    assertEquals(Optional.empty(), documents.find(id, new Caller("bob", false)));
    assertEquals(
        List.of(), documents.page(new Caller("bob", false), Optional.empty(), 99).documents());
  }

  @Test
  void afterItsTime_anOutcomeIsForgotten() {
    Operation operation =
        new Operation(
            copyThatPrefers("respond-async"),
            reply,
            new Surroundings(
                PACE,
                BOUNDS,
                now::get,
                counters,
                new OperationDocuments(() -> Duration.ZERO, new NoJournal())));
    operation.underWay();
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of(), documents.page(Runs.HEAD.caller(), Optional.empty(), 99).documents());
  }

  @Test
  void whatSentA102_isKeptAsWell() {
    Operation operation = operation(COPY);
    operation.underWay();
    seconds(10);
    wire(operation).beat();
    operation.header("ETag", "x");
    operation.send(Status.CREATED);
    assertEquals(Optional.empty(), document().result());
    operation.end();
    assertEquals(List.of("102", "201", "end"), reply.wire());
    assertEquals(List.of("201", "end"), reply.kept());
    assertEquals(Map.of("ETag", "x"), document().result().orElseThrow().headers());
    assertEquals(1, document().interims());
  }

  @Test
  void whoJoins_isAnsweredWithTheSame() {
    Operation operation = operation(COPY);
    operation.underWay();
    RecordedReply other = new RecordedReply();
    assertTrue(operation.join(other, surroundings, Prefer.NOTHING));
    seconds(10);
    operation.wires().forEach(Wire::beat);
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("102", "201", "end"), reply.wire());
    assertEquals(List.of("102", "201", "end"), other.wire());
    assertFalse(operation.join(new RecordedReply(), surroundings, Prefer.NOTHING));
  }

  @Test
  void whoJoinsAndDoesNotWait_isAcceptedAndTheOtherWaitsOn() {
    Operation operation = operation(COPY);
    operation.underWay();
    RecordedReply other = new RecordedReply();
    operation.join(other, surroundings, Prefer.parse(List.of("respond-async")));
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("202 /dav/.operations/…"), other.wire());
    assertEquals(List.of("201", "end"), reply.wire());
  }

  @Test
  void whoJoinsBeforeTheChecks_isRefusedWithTheOther() {
    Operation operation = operation(COPY);
    RecordedReply other = new RecordedReply();
    operation.join(other, surroundings, Prefer.parse(List.of("respond-async")));
    operation.fail(new DavException(Status.CONFLICT, "no parent"));
    operation.end();
    assertEquals(List.of("409", "end"), other.wire());
    assertEquals(List.of("409", "end"), reply.wire());
  }

  @Test
  void theLeavingOfOneClient_isNothingToTheOther() {
    Bounds bounds = new Bounds(Duration.ofMinutes(5), Duration.ofHours(2), false);
    Surroundings strict = new Surroundings(PACE, bounds, now::get, counters, documents);
    RecordedReply left = new RecordedReply(OperationTest::gone);
    Operation operation = new Operation(COPY, left, strict);
    operation.underWay();
    operation.join(reply, strict, Prefer.NOTHING);
    seconds(10);
    operation.wires().forEach(Wire::beat);
    operation.member(ResourcePath.ROOT);
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("102", "201", "end"), reply.wire());
  }

  @Test
  void whoFollows_isToldOfTheEnd() {
    Operation operation = operation(copyThatPrefers("respond-async"));
    operation.underWay();
    List<State> seen = new ArrayList<>();
    Follower follower = it -> seen.add(it.state());
    document().follow(follower, Runs.HEAD.caller());
    document().tellFollowers();
    operation.send(Status.CREATED);
    operation.end();
    document().tellFollowers();
    document().follow(follower, Runs.HEAD.caller());
    assertEquals(List.of(State.RUNNING, State.DONE, State.DONE), seen);
  }

  @Test
  void withoutProgress_thereIsAReasonToStopIt() {
    Operation operation = operation(COPY);
    seconds(299);
    assertEquals(Optional.empty(), operation.exceeded());
    operation.underWay();
    operation.member(ResourcePath.parse("/a/1"));
    seconds(1);
    assertEquals(Optional.empty(), operation.exceeded());
    seconds(299);
    assertEquals(Optional.empty(), operation.exceeded());
    seconds(1);
    assertEquals(Optional.of("it made no progress for PT5M"), operation.exceeded());
    operation.abort("stalled");
    assertEquals(Optional.empty(), operation.exceeded());
    assertEquals(List.of("503", "end"), reply.wire());
    assertThrows(DavException.class, () -> operation.member(ResourcePath.parse("/a/2")));
  }

  @Test
  void whatIsStopped_tellsWhy() {
    Operation operation = operation(copyThatPrefers("respond-async"));
    operation.underWay();
    operation.abort("it stood still");
    assertEquals("it stood still: it was rolled back", document().ended().orElseThrow().reason());
  }

  @Test
  void afterTheTimeout_thereIsAReasonToStopItHoweverBusy() {
    Operation operation = operation(COPY);
    operation.underWay();
    for (int minutes = 4; minutes < 120; minutes += 4) {
      seconds(240);
      operation.member(ResourcePath.parse("/a/" + minutes));
      assertEquals(Optional.empty(), operation.exceeded());
    }
    seconds(240);
    assertEquals(Optional.of("it took longer than PT2H"), operation.exceeded());
  }

  @Test
  void anUploadThatDoesNotArrive_isTheContainersMatter() {
    Operation operation = operation(COPY);
    seconds(100_000);
    assertEquals(Optional.empty(), operation.exceeded());
  }

  @Test
  void aTickThatComesLate_doesNotPutOffTheNextOne() {
    Operation operation = operation(COPY);
    operation.underWay();
    now.addAndGet(10_600_000_000L);
    wire(operation).beat();
    now.addAndGet(19_500_000_000L);
    assertTrue(wire(operation).isDue());
    wire(operation).beat();
    assertEquals(List.of("102", "102"), reply.wire());
  }

  @Test
  void aStreamedMultistatus_isKeptAliveInsteadOfInterim() {
    Operation operation = operation(PROPFIND);
    operation.underWay();
    operation.member(Response.of("/dav/a", Status.OK));
    seconds(20);
    assertTrue(wire(operation).isDue());
    wire(operation).beat();
    operation.end();
    seconds(20);
    wire(operation).beat();
    assertEquals(List.of("207", "white space", "end"), reply.wire());
  }

  @Test
  void aSecondUnderWay_doesNotPutOffTheFirst() {
    Operation operation = operation(COPY);
    operation.underWay();
    seconds(9);
    operation.underWay();
    seconds(1);
    assertTrue(wire(operation).isDue());
  }

  @Test
  void afterTheStatus_noInterim() {
    Operation operation = operation(COPY);
    operation.underWay();
    seconds(10);
    operation.send(Status.CREATED);
    wire(operation).beat();
    assertEquals(List.of("201"), reply.wire());
  }

  @Test
  void aMethodThatNeverHasThem_noInterim() {
    Operation operation = operation(new OptionsRequest(Runs.HEAD));
    operation.underWay();
    seconds(3600);
    assertFalse(wire(operation).isDue());
  }

  @Test
  void anAdapterThatCannot_isNotAskedAgain() {
    int[] asked = new int[1];
    Operation operation =
        operation(
            COPY,
            fields -> {
              asked[0]++;
              return InterimResponse.Outcome.NEVER;
            });
    operation.underWay();
    for (int i = 0; i < 5; i++) {
      seconds(60);
      wire(operation).beat();
    }
    assertEquals(1, asked[0]);
  }

  @Test
  void aStatusDuringAnInterim_waitsForIt() throws Exception {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Operation operation =
        operation(
            COPY,
            fields -> {
              writing.countDown();
              await(written);
              return reply.record("102");
            });
    operation.underWay();
    seconds(10);
    Future<?> beat = threads.submit(wire(operation)::beat);
    writing.await();
    Thread work = new Thread(() -> operation.send(Status.CREATED));
    work.start();
    while (work.getState() != Thread.State.BLOCKED) {
      Thread.onSpinWait();
    }
    written.countDown();
    work.join();
    beat.get();
    assertEquals(List.of("102", "201"), reply.wire());
  }

  /** Beats an operation that is due at the very moment at which something else happens to it. */
  private RecordedReply beatWhile(Consumer<Operation> what) throws Exception {
    RecordedReply wire = new RecordedReply();
    Operation operation = new Operation(COPY, wire, surroundings);
    operation.underWay();
    seconds(10);
    CyclicBarrier start = new CyclicBarrier(2);
    Future<?> beat =
        threads.submit(
            () -> {
              start.await();
              wire(operation).beat();
              return null;
            });
    start.await();
    what.accept(operation);
    beat.get();
    return wire;
  }

  @Test
  void beatsAndStatusesAtTheSameMoment_neverInterimAfterFinal() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      RecordedReply wire =
          beatWhile(
              operation -> {
                operation.send(Status.CREATED);
                operation.end();
              });
      List<String> sent = wire.wire();
      assertEquals(List.of("201", "end"), sent.subList(sent.size() - 2, sent.size()));
    }
  }

  @Test
  void beatsAtTheSameMoment_sendOneInterim() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      RecordedReply wire = beatWhile(operation -> wire(operation).beat());
      assertEquals(List.of("102"), wire.wire());
    }
  }

  @Test
  void workThatThrows_isOneFinalResponse() {
    Operation operation = operation(COPY);
    operation.execute(
        () -> {
          throw new IllegalStateException("a secret of ours");
        });
    operation.end();
    assertEquals(List.of("500", "end"), reply.wire());
    assertEquals("an error of the server", reply.error().orElseThrow().getMessage());
  }

  @Test
  void workThatSendsNothing_is500() {
    Operation operation = operation(COPY);
    operation.execute(() -> {});
    operation.end();
    assertEquals(List.of("500", "end"), reply.wire());
  }

  @Test
  void workThatThrowsAfterTheStatus_abortsTheReply() {
    Operation operation = operation(COPY);
    operation.execute(
        () -> {
          operation.send(Status.MULTI_STATUS);
          throw new DavException(Status.INSUFFICIENT_STORAGE, "full");
        });
    operation.end();
    assertEquals(List.of("207", "abort", "end"), reply.wire());
  }

  @Test
  void cancelled_stopsTheWorkAtItsNextReport() {
    Operation operation = operation(COPY);
    operation.execute(
        () -> {
          operation.underWay();
          operation.cancel("enough");
          operation.member(ResourcePath.ROOT);
          operation.send(Status.CREATED);
        });
    operation.end();
    assertEquals(List.of("503", "end"), reply.wire());
  }

  @Test
  void abortedWhileTheWorkDoesNotListen_sendsOneStatus() {
    Operation operation = operation(COPY);
    operation.underWay();
    operation.abort("the server stops");
    assertEquals(List.of("503", "end"), reply.wire());
    assertThrows(DavException.class, () -> operation.send(Status.CREATED));
    operation.fail(new DavException(Status.CONFLICT, "too late"));
    operation.end();
    assertEquals(List.of("503", "end"), reply.wire());
  }

  @Test
  void stoppedBeforeItsChangeIsMade_makesNone() {
    Operation operation = operation(COPY);
    operation.underWay();
    operation.cancel("the server stops");
    assertThrows(DavException.class, operation::decide);
  }

  @Test
  void abortedWhileItsChangeIsMade_tellsOfTheChange() {
    Operation operation = operation(COPY);
    operation.underWay();
    operation.decide();
    operation.abort("the server stops");
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("201", "end"), reply.wire());
  }

  @Test
  void abortedAfterTheStatus_leavesTheReplyToTheWork() {
    Operation operation = operation(COPY);
    operation.send(Status.CREATED);
    operation.abort("the server stops");
    operation.end();
    assertEquals(List.of("201", "end"), reply.wire());
  }

  @Test
  void theClientLeaves_aReadIsCancelled() {
    Operation operation = operation(PROPFIND, OperationTest::gone);
    operation.underWay();
    seconds(10);
    wire(operation).beat();
    assertThrows(DavException.class, () -> operation.member(ResourcePath.ROOT));
  }

  @Test
  void theClientLeaves_aWriteGoesOn() {
    Operation operation = operation(COPY, OperationTest::gone);
    operation.underWay();
    seconds(10);
    wire(operation).beat();
    operation.member(ResourcePath.ROOT);
    operation.send(Status.CREATED);
    operation.end();
    assertEquals(List.of("201", "end"), reply.wire());
  }

  private List<Long> counted() {
    return List.of(
        counters.started(),
        counters.interims(),
        counters.cancelled(),
        counters.failed(),
        counters.clientsGone());
  }

  @Test
  void whatComesOfIt_isCountedOnce() {
    Operation reader = operation(PROPFIND, OperationTest::gone);
    reader.execute(
        () -> {
          reader.underWay();
          seconds(10);
          wire(reader).beat();
          reader.member(ResourcePath.ROOT);
        });
    reader.end();
    assertEquals(List.of(1L, 0L, 1L, 0L, 1L), counted(), "a reader that left");
    reply = new RecordedReply();

    Operation writer = operation(COPY);
    writer.execute(
        () -> {
          writer.underWay();
          seconds(10);
          wire(writer).beat();
          throw new DavException(Status.INSUFFICIENT_STORAGE, "full");
        });
    assertEquals(List.of(2L, 1L, 1L, 1L, 1L), counted(), "a write that failed after a 102");

    Operation refused = operation(COPY);
    refused.execute(
        () -> {
          throw new DavException(Status.CONFLICT, "no parent");
        });
    assertEquals(
        List.of(3L, 1L, 1L, 1L, 1L), counted(), "what is the client's fault is no failure");
  }

  @Test
  void whileTheRequestArrives_noInterimIsCounted() {
    Operation operation = operation(COPY, fields -> InterimResponse.Outcome.NOT_YET);
    operation.underWay();
    seconds(10);
    wire(operation).beat();
    assertEquals(0, operation.interims());
    assertEquals(0, counters.interims());
    seconds(20);
    assertTrue(wire(operation).isDue());
  }

  @Test
  void progress_isToldAsItWasReported() {
    Operation operation = operation(COPY);
    assertTrue(operation.tally().expected().isEmpty());
    operation.expect(7);
    operation.member(ResourcePath.parse("/a"));
    operation.member(ResourcePath.parse("/a/b"));
    operation.bytes(3);
    operation.bytes(4);
    assertEquals(7, operation.tally().expected().orElseThrow());
    assertEquals(2, operation.tally().members());
    assertEquals(7, operation.tally().bytes());
    assertEquals(ResourcePath.parse("/a/b"), operation.tally().current().orElseThrow());
  }

  private static InterimResponse.Outcome gone(Map<String, String> fields) throws IOException {
    throw new IOException("broken pipe");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
