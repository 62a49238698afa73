package org.meantime.it.bench;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * 1 KiB from memory, for {@code /checked} after the check of access that the server makes too: what
 * the container can do. Runs in the server; nothing here may load it.
 */
@WebServlet("/bare/*")
public final class BareServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final byte[] CONTENT = new byte[1024];

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getPathInfo().equals("/open") || mayRead(request, response)) {
      response.setContentType("application/octet-stream");
      response.setContentLength(CONTENT.length);
      response.getOutputStream().write(CONTENT);
    }
  }

  private static boolean mayRead(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getHeader("Authorization") == null) {
      response.setHeader("WWW-Authenticate", "Basic realm=\"Meantime\"");
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      return false;
    }
    if (!request.authenticate(response)) {
      return false; // the container answered
    }
    if (!request.isUserInRole("dav-read")) {
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return false;
    }
    return true;
  }
}
