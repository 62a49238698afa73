package org.meantime.dav.web;

import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
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
  private static final System.Logger LOG = System.getLogger(DavServlet.class.getName());

  @Inject private transient Operations operations;
  @Inject private transient Processor processor;

  private transient Workers workers;
  private transient BiConsumer<DavRequest, Operation> method;
  private transient UnaryOperator<ResourcePath> spelling;

  @Override
  public void init() {
    workers = Workers.of(getServletContext());
    method = processor.work();
    spelling = processor.spelling();
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
    RequestParser parser =
        new RequestParser(visit.request(), visit.content(), settings(), spelling);
    begin(visit, parser.parse(caller));
  }

  private void begin(Visit visit, DavRequest request) {
    ServletReply reply = visit.reply();
    if (!request.mayTakeLong() && !request.head().client().prefer().respondAsync()) {
      run(request, reply);
      return;
    }
    reply.async(visit.later());
    Optional<String> refused =
        workers.take(request.head().caller().name(), () -> runLate(request, reply));
    if (refused.isPresent()) {
      operations.counters().refuse();
      refuse(reply, new DavException(Status.SERVICE_UNAVAILABLE, refused.get()));
    }
  }

  private void run(DavRequest request, ServletReply reply) {
    operations.run(request, reply, operation -> method.accept(request, operation));
  }

  /** On a thread of the executor, where nobody else answers for what goes wrong. */
  private void runLate(DavRequest request, ServletReply reply) {
    try {
      run(request, reply);
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "a request could not be processed", e);
      refuse(reply, new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    }
  }
}
