package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.method.Processor;
import org.meantime.dav.operation.InterimResponse;
import org.meantime.dav.operation.InterimResponse.Outcome;
import org.meantime.dav.operation.Operations;
import org.meantime.dav.request.Caller;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.web.interim.InterimResponses;
import org.meantime.dav.web.interim.RawExchange;

/**
 * The door: admits, parses, and hands over. Work that may take long goes to the container's
 * executor, which carries the caller's identity along, and leaves the request thread free.
 */
public class DavServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(DavServlet.class.getName());

  private final transient InterimResponses interimResponses = new InterimResponses();

  @Inject private transient Operations operations;
  @Inject private transient Processor processor;
  @Inject private transient Settings settings;

  private transient Workers workers;

  @Override
  public void init() {
    workers = Workers.of(getServletContext());
  }

  @Override
  public void destroy() {
    operations.stop();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    RequestContent content = new RequestContent(request);
    RawExchange exchange = interimResponses.open(request);
    ServletReply reply = new ServletReply(request, response, content, exchange);
    Optional<DavRequest> understood = understand(request, response, content, reply);
    if (understood.isPresent()) {
      DavRequest dav = understood.get();
      // a 102 says that the whole request arrived: until then there is none, but later there may be
      InterimResponse interim =
          fields -> content.ended() ? processing(exchange, fields) : Outcome.NOT_YET;
      begin(request, dav, reply, () -> run(dav, reply, interim));
    }
  }

  private static Outcome processing(RawExchange exchange, Map<String, String> fields)
      throws IOException {
    return exchange.sendProcessing(fields) ? Outcome.SENT : Outcome.NEVER;
  }

  /** Admits and parses; empty where the request was answered already. */
  private Optional<DavRequest> understand(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestContent content,
      ServletReply reply)
      throws ServletException {
    try {
      String challenge = settings.text(Setting.CHALLENGE);
      boolean reads = Method.reads(request.getMethod());
      Optional<Caller> caller = AccessControl.admit(request, response, challenge, reads);
      if (caller.isPresent()) {
        long maxContent = settings.number(Setting.XML_MAX);
        return Optional.of(new RequestParser(request, content, maxContent).parse(caller.get()));
      }
    } catch (DavException e) {
      refuse(reply, e);
    } catch (IOException | UncheckedIOException e) {
      refuse(reply, DavException.badRequest("the request did not arrive whole"));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a request could not be parsed", e);
      refuse(reply, new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    }
    return Optional.empty();
  }

  private void run(DavRequest request, ServletReply reply, InterimResponse interim) {
    operations.run(request, reply, interim, operation -> processor.work(request).accept(operation));
  }

  private void begin(
      HttpServletRequest request, DavRequest dav, ServletReply reply, Runnable work) {
    if (!dav.mayTakeLong() && !dav.head().client().prefer().respondAsync()) {
      work.run();
      return;
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(0); // the operation watches over itself
    reply.async(context);
    if (!workers.take(work)) {
      operations.counters().refuse();
      refuse(reply, new DavException(Status.SERVICE_UNAVAILABLE, "too much work in hand"));
    }
  }

  private static void refuse(ServletReply reply, DavException error) {
    switch (error.status()) {
      case UNAUTHORIZED -> reply.header("WWW-Authenticate", AccessControl.CHALLENGE);
      case METHOD_NOT_ALLOWED -> reply.header("Allow", Method.ALLOW);
      default -> {} // its status and reason say it all
    }
    try {
      reply.fail(error);
      reply.end();
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before it was refused", e);
    }
  }
}
