package org.meantime.dav.web;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.web.interim.InterimResponses;
import org.meantime.dav.web.interim.RawExchange;
import org.meantime.dav.xml.DavXml;
import org.meantime.dav.xml.Prop;
import org.meantime.dav.xml.Propstat;
import org.meantime.dav.xml.Resourcetype;
import org.meantime.dav.xml.Response;

/**
 * What is said outside the root of the store, without a question for credentials and without a look
 * at content: the collection above the root, which Windows asks about before it comes to the root,
 * and which has that one member for everybody; that there is nothing else; and the sentence in
 * place of a page of the container's own, where it answers with an error.
 */
public class OutsideServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final System.Logger LOG = System.getLogger(OutsideServlet.class.getName());
  private static final InterimResponses INTERIM_RESPONSES = new InterimResponses();

  /** Where {@code web.xml} has the store. */
  private static final String ROOT = "dav";

  private static final String ALLOW = "OPTIONS, GET, HEAD, PROPFIND";
  private static final String CHALLENGE = "WWW-Authenticate";

  @Inject private transient Settings settings;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    RawExchange exchange = INTERIM_RESPONSES.open(request);
    RequestContent content = new RequestContent(request, exchange);
    ServletReply reply = new ServletReply(request, response, content, exchange);
    Door.requireHttps(request, reply, settings);
    try {
      answer(request, response, reply);
      reply.end();
    } catch (UncheckedIOException e) {
      LOG.log(Level.DEBUG, "a client left before it was answered", e);
    }
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, ServletReply reply) {
    try {
      if (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code) {
        Status status = status(code);
        keepChallenge(response, status, reply);
        throw new DavException(status, reason(status, request));
      }
      if (!isAbove(request)) {
        throw new DavException(Status.NOT_FOUND, reason(Status.NOT_FOUND, request));
      }
      answerAbove(request, reply);
    } catch (DavException e) {
      reply.fail(e);
    }
  }

  /** Whether the URL is that of the collection above the root. */
  private static boolean isAbove(HttpServletRequest request) {
    ResourcePath path = ResourcePath.parse(Location.escaped(request.getRequestURI()));
    return path.equals(ResourcePath.parse(above(request)));
  }

  private static String above(HttpServletRequest request) {
    return request.getContextPath() + "/";
  }

  private static void answerAbove(HttpServletRequest request, ServletReply reply) {
    switch (request.getMethod()) {
      case "OPTIONS" -> reply.offer(ALLOW);
      case "GET", "HEAD" -> {
        reply.header("Location", root(request));
        reply.send(Status.SEE_OTHER);
      }
      case "PROPFIND" -> find(request, reply);
      default -> {
        reply.header("Allow", ALLOW);
        throw new DavException(Status.METHOD_NOT_ALLOWED, "documents are below " + root(request));
      }
    }
  }

  private static void find(HttpServletRequest request, ServletReply reply) {
    String depth = Optional.ofNullable(request.getHeader("Depth")).orElse("infinity");
    if (!List.of("0", "1").contains(depth)) {
      throw new DavException(Status.FORBIDDEN, Precondition.PROPFIND_FINITE_DEPTH, List.of());
    }
    reply.member(collection(above(request), request.getContextPath().replaceFirst(".*/", "")));
    if (depth.equals("1")) {
      reply.member(collection(root(request), ROOT));
    }
  }

  /** All there is to know of it without a password. */
  private static Response collection(String href, String name) {
    Object displayname = Prop.text(new QName(DavXml.NAMESPACE, "displayname"), name);
    Prop prop = new Prop(List.of(displayname, new Resourcetype(true)));
    return Response.of(href, List.of(Propstat.of(prop, Status.OK)));
  }

  private static String root(HttpServletRequest request) {
    return above(request) + ROOT + "/";
  }

  /** The container may ask for other credentials than we do. */
  private static void keepChallenge(
      HttpServletResponse response, Status status, ServletReply reply) {
    if (status == Status.UNAUTHORIZED) {
      AccessControl.ask(reply);
      Collection<String> asked = response.getHeaders(CHALLENGE);
      if (asked.stream().anyMatch(it -> !it.regionMatches(true, 0, "Basic", 0, 5))) {
        reply.header(CHALLENGE, asked.stream().collect(Collectors.joining(", ")));
      }
    }
  }

  private static Status status(int code) {
    Status other = code < 500 ? Status.BAD_REQUEST : Status.INTERNAL_SERVER_ERROR;
    return Arrays.stream(Status.values())
        .filter(status -> status.code() == code && status.isError())
        .findFirst()
        .orElse(other);
  }

  private static String reason(Status status, HttpServletRequest request) {
    return switch (status) {
      case UNAUTHORIZED -> "unknown user or wrong password";
      case NOT_FOUND -> "there is nothing at this URL: documents are below " + root(request);
      case SERVICE_UNAVAILABLE -> "not now";
      default -> "the server could not take this request";
    };
  }
}
