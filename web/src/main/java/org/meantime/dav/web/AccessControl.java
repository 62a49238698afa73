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

/**
 * Who may: the container's realm says who the user is, the roles what the user may do. In code and
 * not as constraints in {@code web.xml}, because servers differ in how those see the methods of
 * WebDAV and the escapes of a path.
 */
record AccessControl(String challenge, Guesses guesses) {
  static final String CHALLENGE = "Basic realm=\"Meantime\", charset=\"UTF-8\"";

  private static final String READ = "dav-read";
  private static final String WRITE = "dav-write";
  private static final String ADMIN = "dav-admin";

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
      throw new DavException(Status.UNAUTHORIZED, "unknown user or wrong password");
    }
    boolean administers = request.isUserInRole(ADMIN);
    if (!administers && !request.isUserInRole(WRITE) && !(reads && request.isUserInRole(READ))) {
      throw new DavException(Status.FORBIDDEN, "the user lacks the role");
    }
    return Optional.of(new Caller(principal.getName(), administers));
  }

  /** True where the container knows the user now; what it makes of credentials is remembered. */
  private boolean login(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    // WildFly throws where it is to authenticate a request without the field, so we ask ourselves
    if (challenge.equals("basic") && request.getHeader("Authorization") == null) {
      throw new DavException(Status.UNAUTHORIZED, "credentials are needed");
    }
    boolean known = authenticate(request, response);
    Credentials.of(request).ifPresent(known ? guesses::right : guesses::wrong);
    if (!known && challenge.equals("basic") && !response.isCommitted()) {
      throw new DavException(Status.UNAUTHORIZED, "unknown user or wrong password");
    }
    return known;
  }

  private static boolean authenticate(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      return request.authenticate(response) && request.getUserPrincipal() != null;
    } catch (IllegalArgumentException e) { // WildFly where they are no Base64
      return false;
    } catch (ServletException | RuntimeException e) { // WildFly: those of another kind
      throw new DavException(Status.UNAUTHORIZED, "credentials of another kind are needed");
    }
  }
}
