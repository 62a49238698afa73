package org.meantime.dav.operation;

import java.util.Optional;
import org.meantime.dav.Status;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.settings.Settings;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs a short request that it could have been a long one: the same status sent as an
 * operation, and straight to the reply.
 */
@State(Scope.Benchmark)
public class OperationBenchmark {
  private final DavRequest request = new MkcolRequest(Runs.HEAD, Optional.empty());

  private final Operations operations =
      new Operations(
          new Settings(name -> Optional.empty()),
          new Heartbeat() {
            @Override
            public void start() {}
          },
          new NoJournal());

  @Benchmark
  public RecordedReply asAnOperation() {
    RecordedReply reply = new RecordedReply();
    operations.run(
        request,
        reply,
        operation -> {
          operation.underWay();
          operation.send(Status.CREATED);
        });
    return reply;
  }

  @Benchmark
  public RecordedReply straight() {
    RecordedReply reply = new RecordedReply();
    reply.send(Status.CREATED);
    reply.end();
    return reply;
  }
}
