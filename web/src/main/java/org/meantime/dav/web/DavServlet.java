package org.meantime.dav.web;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.method.Processor;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.DavRequest;

/**
 * The resources: parses, and hands over. Work that may take long goes to the container's executor,
 * which carries the caller's identity along, and leaves the request thread free.
 */
public class DavServlet extends Door {
  private static final long serialVersionUID = 1;

  @Inject private transient Operations operations;
  @Inject private transient Processor processor;

  private transient Workers workers;
  private transient BiConsumer<DavRequest, Operation> method;

  @Override
  public void init() {
    workers = Workers.of(getServletContext());
    method = processor.work();
  }

  @Override
  public void destroy() {
    operations.stop();
  }

  @Override
  String allow() {
    return Method.ALLOW;
  }

  @Override
  boolean reads(String method) {
    return Method.reads(method);
  }

  @Override
  void answer(Visit visit, Caller caller) throws IOException {
    RequestParser parser = new RequestParser(visit.request(), visit.content(), settings());
    begin(visit, parser.parse(caller));
  }

  private void begin(Visit visit, DavRequest request) {
    ServletReply reply = visit.reply();
    Runnable work =
        () -> operations.run(request, reply, operation -> method.accept(request, operation));
    if (!request.mayTakeLong() && !request.head().client().prefer().respondAsync()) {
      work.run();
      return;
    }
    reply.async(visit.later());
    Optional<String> refused = workers.take(request.head().caller().name(), work);
    if (refused.isPresent()) {
      operations.counters().refuse();
      refuse(reply, new DavException(Status.SERVICE_UNAVAILABLE, refused.get()));
    }
  }
}
