package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.web.interim.InterimResponses;
import org.meantime.dav.web.interim.RawExchange;

/** What every request passes: its user is admitted, and what cannot be served is refused, once. */
abstract class Door extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(Door.class.getName());
  private static final InterimResponses INTERIM_RESPONSES = new InterimResponses();

  /** The attribute of a request whose credentials have waited. */
  private static final String WAITED = Door.class.getName();

  @Inject private transient Settings settings;
  @Inject private transient Guesses guesses;

  /** A request on its way through, and the reply to it. */
  record Visit(
      HttpServletRequest request,
      HttpServletResponse response,
      RequestContent content,
      ServletReply reply) {
    /** The answer comes later; whoever gives it watches over the time. */
    AsyncContext later() {
      AsyncContext context = request.startAsync();
      context.setTimeout(0);
      return context;
    }
  }

  /** The value of the Allow field of a 405. */
  abstract String allow();

  /** Whether the right to read is enough for that method. */
  abstract boolean reads(String method);

  /** Answers, or has it answered; what it throws becomes the answer. */
  abstract void answer(Visit visit, Caller caller) throws IOException;

  Settings settings() {
    return settings;
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response) {
    try {
      serve(request, response);
    } catch (Exception | Error e) {
      LOG.log(Level.ERROR, "a request could not be answered", e);
      if (!response.isCommitted()) {
        response.reset();
        response.setStatus(Status.INTERNAL_SERVER_ERROR.code());
      }
    }
  }

  private void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    RawExchange exchange = INTERIM_RESPONSES.open(request);
    RequestContent content = new RequestContent(request, exchange);
    ServletReply reply = new ServletReply(request, response, content, exchange);
    try {
      content.requireLength();
      exchange.limitSilence(settings.duration(Setting.CLIENT_IDLE));
      requireHttps(request, reply, settings);
      if (asksInGeneral(request)) {
        reply.offer(Method.ALLOW);
        reply.end();
        return;
      }
      if (waits(request)) {
        return;
      }
      AccessControl access = new AccessControl(settings.text(Setting.CHALLENGE), guesses, exchange);
      Optional<Caller> caller = access.admit(request, response, reads(request.getMethod()));
      if (caller.isPresent()) {
        reply.admit();
        answer(new Visit(request, response, content, reply), caller.get());
      }
    } catch (DavException e) {
      refuse(reply, e);
    } catch (IOException | UncheckedIOException e) {
      refuse(reply, DavException.badRequest("the request did not arrive whole"));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a request could not be understood", e);
      refuse(reply, new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    }
  }

  /** RFC 6797 §7.2: only over HTTPS. */
  static void requireHttps(HttpServletRequest request, ServletReply reply, Settings settings) {
    long seconds = settings.duration(Setting.HSTS).toSeconds();
    if (seconds > 0 && request.isSecure()) {
      reply.header("Strict-Transport-Security", "max-age=" + seconds);
    }
  }

  /**
   * Office asks what a server can do before it has a password, and gives up on a 401. The answer is
   * the same for every URL, so it tells nothing of any.
   */
  private static boolean asksInGeneral(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS")
        && request.getUserPrincipal() == null
        && Credentials.of(request).isEmpty();
  }

  /** Whether the request comes here again when its credentials have waited, on no thread. */
  private boolean waits(HttpServletRequest request) {
    if (request.getUserPrincipal() != null || request.getAttribute(WAITED) != null) {
      return false;
    }
    Duration delay =
        Credentials.of(request)
            .filter(Credentials::isBasic)
            .map(guesses::delay)
            .orElse(Duration.ZERO);
    if (delay.isZero()) {
      return false;
    }
    request.setAttribute(WAITED, true);
    AsyncContext context = request.startAsync();
    context.setTimeout(Math.max(1, delay.toMillis()));
    context.addListener(new Waiting());
    return true;
  }

  /** Nobody answers in time, which is the point. */
  private static final class Waiting implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) {
      event.getAsyncContext().dispatch();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  void refuse(ServletReply reply, DavException error) {
    switch (error.status()) {
      case UNAUTHORIZED -> AccessControl.ask(reply);
      case METHOD_NOT_ALLOWED -> reply.header("Allow", allow());
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
