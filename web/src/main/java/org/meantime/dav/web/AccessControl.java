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
final class AccessControl {
  static final String CHALLENGE = "Basic realm=\"Meantime\", charset=\"UTF-8\"";

  private static final String READ = "dav-read";
  private static final String WRITE = "dav-write";
  private static final String ADMIN = "dav-admin";

  private AccessControl() {}

  /**
   * The user of a request who has the right to its method; a 401 or 403 otherwise. Empty where the
   * container refused the credentials, or asked for some, and has answered already.
   *
   * @param challenge the setting {@code meantime.challenge}
   * @param reads whether the right to read is enough
   */
  static Optional<Caller> admit(
      HttpServletRequest request, HttpServletResponse response, String challenge, boolean reads)
      throws IOException, ServletException {
    if (request.getUserPrincipal() == null && !authenticate(request, response, challenge)) {
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

  private static boolean authenticate(
      HttpServletRequest request, HttpServletResponse response, String challenge)
      throws IOException, ServletException {
    // WildFly throws where it is to authenticate a request without the field, so we ask ourselves
    if (challenge.equals("basic") && request.getHeader("Authorization") == null) {
      throw new DavException(Status.UNAUTHORIZED, "credentials are needed");
    }
    try {
      return request.authenticate(response);
    } catch (ServletException | RuntimeException e) { // nor can it read those of another kind
      throw new DavException(Status.UNAUTHORIZED, "credentials of another kind are needed");
    }
  }
}
