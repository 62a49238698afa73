package org.meantime.dav.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.web.interim.InterimResponses;
import org.meantime.dav.web.interim.RawExchange;

/**
 * What is said where the container answers with an error, in place of a page of its own: of a URL
 * that is not ours, of credentials that it refused, of a fault.
 */
public class ErrorServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(ErrorServlet.class.getName());
  private static final InterimResponses INTERIM_RESPONSES = new InterimResponses();

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    RawExchange exchange = INTERIM_RESPONSES.open(request);
    RequestContent content = new RequestContent(request, exchange);
    ServletReply reply = new ServletReply(request, response, content, exchange);
    Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Status status = code instanceof Integer number ? status(number) : Status.NOT_FOUND;
    if (status == Status.UNAUTHORIZED) {
      reply.header("WWW-Authenticate", AccessControl.CHALLENGE);
    }
    try {
      reply.fail(new DavException(status, reason(status)));
      reply.end();
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before it was told of an error", e);
    }
  }

  private static Status status(int code) {
    Status other = code < 500 ? Status.BAD_REQUEST : Status.INTERNAL_SERVER_ERROR;
    return Arrays.stream(Status.values())
        .filter(status -> status.code() == code && status.isError())
        .findFirst()
        .orElse(other);
  }

  private static String reason(Status status) {
    return switch (status) {
      case UNAUTHORIZED -> "unknown user or wrong password";
      case NOT_FOUND -> "there is nothing at this URL";
      case SERVICE_UNAVAILABLE -> "not now";
      default -> "the server could not take this request";
    };
  }
}
