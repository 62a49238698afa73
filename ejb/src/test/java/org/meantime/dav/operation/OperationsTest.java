package org.meantime.dav.operation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Prefer;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.Client;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.RequestHead;
import org.meantime.dav.settings.Settings;

class OperationsTest {
  private static final DavRequest COPY =
      new CopyRequest(Runs.HEAD, ResourcePath.parse("/b"), Depth.INFINITY, true, Optional.empty());

  private final RecordedReply reply = new RecordedReply();
  private final List<String> noted = new ArrayList<>();
  private int starts;
  private Optional<Supplier<Error>> broken = Optional.empty();

  private final Operations operations = begun("PT10S");

  private Operations begun(String first) {
    return new Operations(
        new Settings(
            name -> name.equals("meantime.interim.first") ? Optional.of(first) : Optional.empty()),
        new Heartbeat() {
          @Override
          public void start() {
            starts++;
            broken.ifPresent(
                fault -> {
                  throw fault.get();
                });
          }
        },
        new Notes());
  }

  private void run() {
    operations.run(COPY, reply, operation -> operation.send(Status.CREATED));
  }

  @Test
  void theFirstInFlight_startsTheHeartbeatAndOthersDoNot() {
    run();
    run();
    assertEquals(1, starts);
    operations.stoppedTicking();
    run();
    assertEquals(2, starts);
  }

  @Test
  void aHeartbeatThatDoesNotStart_failsNoRequest() {
    broken = Optional.of(OutOfMemoryError::new);
    run();
    broken = Optional.empty();
    run();
    assertEquals(List.of("201", "end", "201", "end"), reply.wire());
    assertEquals(2, starts, "and is tried again");
    assertTrue(operations.inFlight().isEmpty());
  }

  @Test
  void afterTheStop_whatComesIs503() {
    operations.drain(Duration.ofSeconds(1));
    run();
    assertEquals(List.of("503", "end"), reply.wire());
  }

  @Test
  void workThatDoesNotListen_isAnsweredByTheStop() {
    operations.run(
        COPY,
        reply,
        operation -> {
          operation.underWay();
          operations.drain(Duration.ofMillis(1));
        });
    assertEquals(List.of("503", "end"), reply.wire());
  }

  @Test
  void aTwin_isNotExecutedAgain() {
    RecordedReply other = new RecordedReply();
    int[] executed = new int[1];
    operations.run(
        COPY,
        reply,
        operation -> {
          executed[0]++;
          operation.underWay();
          operations.run(COPY, other, again -> executed[0]++);
          assertEquals(List.of(), other.wire());
          operation.send(Status.CREATED);
        });
    assertEquals(1, executed[0]);
    assertEquals(List.of("201", "end"), other.wire());
    operations.run(COPY, other, operation -> operation.send(Status.NO_CONTENT));
    assertEquals(List.of("201", "end", "204", "end"), other.wire(), "once it ended it is run anew");
  }

  @ParameterizedTest
  @CsvSource({"/a/c, 2", "/a, 2", "/b/c/d, 2", "/, 2", "/c, 1", "/ab, 1"})
  void aTwin_isExecutedWhereTheTreeIsBeingChangedSince(String changed, int expected) {
    RequestHead head = Runs.HEAD;
    DavRequest mkcol =
        new MkcolRequest(
            new RequestHead(
                ResourcePath.parse(changed),
                false,
                head.base(),
                new Caller("bob", false),
                head.client(),
                head.conditions()),
            Optional.empty());
    int[] executed = new int[1];
    operations.run(
        COPY,
        reply,
        operation -> {
          executed[0]++;
          operation.underWay();
          operations.run(mkcol, new RecordedReply(), it -> it.send(Status.CREATED));
          operations.run(COPY, new RecordedReply(), again -> executed[0]++);
          operation.send(Status.CREATED);
        });
    assertEquals(expected, executed[0]);
  }

  /** One operation that is at work during one tick. */
  private void runForATick(Operations operations) {
    operations.run(
        COPY,
        reply,
        operation -> {
          operation.underWay();
          operations.tick(Runnable::run);
          operation.send(Status.CREATED);
        });
  }

  @Test
  void whatIsDueUntilTheNextTick_isBeatenWhenItIsDue() {
    runForATick(begun("PT0.3S"));
    assertEquals(List.of("102", "201", "end"), reply.wire());
  }

  @Test
  void whatIsDueAfterTheNextTick_isLeftToThat() {
    runForATick(begun("PT1H"));
    assertEquals(List.of("201", "end"), reply.wire());
  }

  @Test
  @Timeout(60)
  void aClientThatDoesNotRead_holdsUpNoOther() throws Exception {
    Operations operations = begun("PT0.001S");
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch told = new CountDownLatch(1);
    CountDownLatch atWork = new CountDownLatch(2);
    List<RecordedReply> replies =
        List.of(
            new RecordedReply(fields -> afterwards(reading)),
            new RecordedReply(
                fields -> {
                  told.countDown();
                  return InterimResponse.Outcome.SENT;
                }));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (RecordedReply each : replies) {
        DavRequest request = copyTo("/b" + replies.indexOf(each), Prefer.NOTHING);
        Consumer<Operation> work =
            operation -> {
              operation.underWay();
              atWork.countDown();
              afterwards(reading);
              operation.send(Status.CREATED);
            };
        threads.execute(() -> operations.run(request, each, work));
      }
      atWork.await();
      do {
        operations.tick(threads);
      } while (!told.await(10, TimeUnit.MILLISECONDS));
    } finally {
      reading.countDown();
      threads.shutdown();
    }
    assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
    replies.forEach(each -> assertEquals(List.of("201", "end"), each.wire()));
  }

  /** What may go wrong with one operation, and is nothing to the others. */
  static Stream<Throwable> faults() {
    return Stream.of(
        new OutOfMemoryError("injected"),
        new StackOverflowError("injected"),
        new NoClassDefFoundError("injected"),
        new IllegalStateException("injected"));
  }

  private static <T> T fail(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) fault;
  }

  /** Two operations in flight, the first with that client; then so many ticks. */
  private void runTwo(Prefer prefer, RecordedReply first, Operations operations, Runnable during) {
    operations.run(
        copyTo("/b0", prefer),
        first,
        one -> {
          one.underWay();
          operations.run(
              copyTo("/b1", prefer),
              reply,
              two -> {
                two.underWay();
                during.run();
                two.send(Status.CREATED);
              });
          one.send(Status.CREATED);
        });
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aBeatThatFails_isLogged_andTheOthersBeat(Throwable fault) {
    Operations operations = begun("PT0.001S");
    RecordedReply failing = new RecordedReply(fields -> fail(fault));
    try (Log log = new Log(Wire.class)) {
      runTwo(Prefer.NOTHING, failing, operations, () -> operations.tick(Runnable::run));
      assertEquals(List.of(fault), log.thrown());
    }
    assertEquals(List.of("201", "end"), failing.wire());
    assertEquals(List.of("102", "201", "end"), reply.wire());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFollowerThatFails_isLogged_andTheOthersAreTold(Throwable fault) {
    List<Object> told = new ArrayList<>();
    try (Log log = new Log(OperationDocument.class)) {
      Runnable tick =
          () -> {
            List<OperationDocument> all =
                operations.documents().page(Runs.HEAD.caller(), Optional.empty(), 9).documents();
            assertEquals(2, all.size());
            for (OperationDocument document : all) {
              document.follow(it -> fail(fault), Runs.HEAD.caller());
              document.follow(it -> told.add(it.id()), Runs.HEAD.caller());
            }
            operations.tick(Runnable::run);
          };
      Prefer prefer = Prefer.parse(List.of("respond-async"));
      runTwo(prefer, new RecordedReply(), operations, tick);
      assertEquals(List.of(fault, fault), log.thrown());
    }
    assertEquals(4, told.size(), "each at the tick and at the end");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void anExecutorThatFails_endsNoTick(Throwable fault) {
    Operations operations = begun("PT0.001S");
    try (Log log = new Log(Guarded.class)) {
      operations.run(
          COPY,
          reply,
          operation -> {
            operation.underWay();
            new Guarded("not ticked", () -> operations.tick(work -> fail(fault))).run();
            assertTrue(operations.tick(Runnable::run), "and the next does its work");
            operation.send(Status.CREATED);
          });
      assertEquals(List.of(fault), log.thrown());
    }
    assertEquals(List.of("102", "201", "end"), reply.wire());
  }

  /** What a class logs, as long as this is open. */
  private static final class Log extends Handler implements AutoCloseable {
    private final Logger logger;
    private final List<Throwable> thrown = new ArrayList<>();

    Log(Class<?> by) {
      logger = Logger.getLogger(by.getName());
      logger.addHandler(this);
      logger.setUseParentHandlers(false);
    }

    List<Throwable> thrown() {
      return thrown;
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
        thrown.add(line.getThrown());
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
      logger.setUseParentHandlers(true);
    }
  }

  @Test
  void twinsOfAUser_areLimited() {
    Operations operations = limited();
    RecordedReply joined = new RecordedReply();
    RecordedReply refused = new RecordedReply();
    operations.run(
        COPY,
        reply,
        operation -> {
          operation.underWay();
          operations.run(COPY, joined, again -> again.send(Status.OK));
          operations.run(COPY, refused, again -> again.send(Status.OK));
          operation.send(Status.CREATED);
        });
    assertEquals(List.of("201", "end"), joined.wire());
    assertEquals(List.of("503", "end"), refused.wire());
    assertEquals(
        "too many requests of yours wait for others like them",
        refused.error().orElseThrow().getMessage());
  }

  @Test
  void followersOfAUser_areLimited_untilTheyAreTold() {
    Operations operations = limited();
    Caller ann = Runs.HEAD.caller();
    operations.run(
        acceptedCopy(),
        reply,
        operation -> {
          operation.underWay();
          operations.requireMayFollow(ann);
          operation.opened().orElseThrow().follow(it -> true, ann);
          DavException refused =
              assertThrows(DavException.class, () -> operations.requireMayFollow(ann));
          assertEquals(Status.SERVICE_UNAVAILABLE, refused.status());
          operations.requireMayFollow(new Caller("bob", false));
          operation.send(Status.CREATED);
        });
    operations.requireMayFollow(ann);
  }

  private Operations limited() {
    return new Operations(
        new Settings(
            name -> name.equals("meantime.executor.user") ? Optional.of("1") : Optional.empty()),
        new Heartbeat() {
          @Override
          public void start() {}
        },
        new Notes());
  }

  private static InterimResponse.Outcome afterwards(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return InterimResponse.Outcome.SENT;
  }

  @Test
  void whatAStopCutOff_staysNotedForTheNextStart() {
    operations.run(acceptedCopy(), reply, operation -> operation.underWay());
    assertEquals(List.of("open", "end"), noted);
    operations.run(
        acceptedCopy(),
        reply,
        operation -> {
          operation.underWay();
          operations.drain(Duration.ofMillis(1));
        });
    assertEquals(List.of("open", "end", "open"), noted);
  }

  private static DavRequest acceptedCopy() {
    return copyTo("/b", Prefer.parse(List.of("respond-async")));
  }

  private static DavRequest copyTo(String destination, Prefer prefer) {
    RequestHead head = COPY.head();
    Client client = new Client("", false, prefer);
    return new CopyRequest(
        new RequestHead(
            head.target(), false, head.base(), head.caller(), client, head.conditions()),
        ResourcePath.parse(destination),
        Depth.INFINITY,
        true,
        Optional.empty());
  }

  private final class Notes extends NoJournal {
    @Override
    public void open(Entry entry) {
      noted.add("open");
    }

    @Override
    public void end(UUID id) {
      noted.add("end");
    }
  }
}
