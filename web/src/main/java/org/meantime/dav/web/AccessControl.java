package org.meantime.dav.web;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.request.Caller;
import org.meantime.dav.web.interim.RawExchange;

/**
 * Who may: the container's realm says who the user is, the roles what the user may do. In code and
 * not as constraints in {@code web.xml}, because servers differ in how those see the methods of
 * WebDAV and the escapes of a path.
 *
 * @param challenge who asks for credentials: {@code basic}, and it is we, or {@code server}
 */
record AccessControl(String challenge, Guesses guesses, RawExchange exchange) {
  private static final String CHALLENGE = "Basic realm=\"Meantime\", charset=\"UTF-8\"";

  private static final String READ = "dav-read";
  private static final String WRITE = "dav-write";
  private static final String ADMIN = "dav-admin";

  private static final String WRONG =
      "unknown user or wrong password: check both, the case of letters counts";

  /** What a 401 says besides its reason. */
  static void ask(ServletReply reply) {
    reply.header("WWW-Authenticate", CHALLENGE);
    reply.header("MS-Author-Via", "DAV"); // Office looks for it here, too
  }

  /**
   * The user of a request who has the right to its method; a 401 or 403 otherwise. Empty where the
   * container refused the credentials, or asked for some, and has answered already.
   *
   * @param reads whether the right to read is enough
   */
  Optional<Caller> admit(HttpServletRequest request, HttpServletResponse response, boolean reads)
      throws IOException, ServletException {
    if (request.getUserPrincipal() == null && !login(request, response)) {
      return Optional.empty();
    }
    Principal principal = request.getUserPrincipal();
    if (principal == null || principal.getName().isEmpty()) {
      throw new DavException(Status.UNAUTHORIZED, WRONG);
    }
    boolean administers = request.isUserInRole(ADMIN);
    if (!administers && !request.isUserInRole(WRITE) && !(reads && request.isUserInRole(READ))) {
      String roles = (reads ? READ + ", " : "") + WRITE + " or " + ADMIN;
      throw new DavException(
          Status.FORBIDDEN, "this user needs the role " + roles + ", which an administrator gives");
    }
    return Optional.of(new Caller(principal.getName(), administers));
  }

  /** True where the container knows the user now; what it makes of credentials is remembered. */
  private boolean login(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    boolean weAsk = challenge.equals("basic");
    Optional<Credentials> credentials = Credentials.of(request);
    // WildFly throws where it is to authenticate a request without the field, so we ask ourselves
    if (weAsk && credentials.isEmpty()) {
      throw new DavException(
          Status.UNAUTHORIZED, "log in with the name and password of a user of this server");
    }
    Optional<Credentials> basic = credentials.filter(Credentials::isBasic);
    boolean known =
        weAsk && basic.isPresent()
            ? login(request, response, basic.get())
            : authenticate(request, response);
    basic.ifPresent(known ? guesses::right : guesses::wrong);
    if (!known && weAsk && !response.isCommitted()) {
      throw new DavException(Status.UNAUTHORIZED, WRONG);
    }
    return known;
  }

  private boolean login(
      HttpServletRequest request, HttpServletResponse response, Credentials credentials)
      throws IOException {
    Optional<Credentials.Pair> pair = credentials.pair();
    try {
      return pair.isPresent()
          && exchange.login(request, response, pair.get().user(), pair.get().password())
          && request.getUserPrincipal() != null;
    } catch (ServletException | IllegalArgumentException e) { // how containers say it is wrong
      return false;
    }
  }

  private static boolean authenticate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return request.authenticate(response) && request.getUserPrincipal() != null;
    } catch (ServletException | RuntimeException e) { // WildFly: those of another kind
      throw new DavException(Status.UNAUTHORIZED, "credentials of another kind are needed");
    }
  }
}
