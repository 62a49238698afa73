package org.meantime.slow;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;

/**
 * How a test reaches the gates: {@code POST /slow?point=…&…}, answered with 504 where it waited in
 * vain; {@code GET /slow?point=…} for how often that point was passed.
 */
@WebServlet("/slow")
public class ControlServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Inject private transient SlowStore store;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.getWriter().print(store.gates().passed(request.getParameter("point")));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException {
    String point = request.getParameter("point");
    String value = request.getParameter("value");
    try {
      boolean done =
          switch (request.getParameter("command")) {
            case "delay" -> done(() -> store.gates().delay(point, Duration.parse(value)));
            case "close" -> done(() -> store.gates().close(point));
            case "fail" -> done(() -> store.gates().fail(point, Failure.valueOf(value)));
            case "open" -> done(() -> store.gates().open(point));
            case "reset" -> done(() -> store.gates().reset());
            case "awaitWaiting" -> store.gates().awaitWaiting(point, Integer.parseInt(value));
            case "awaitPassed" -> store.gates().awaitPassed(point, Long.parseLong(value));
            default -> throw new ServletException("no such command");
          };
      response.setStatus(done ? 204 : 504);
    } catch (InterruptedException e) {
      throw new ServletException(e);
    }
  }

  private static boolean done(Runnable step) {
    step.run();
    return true;
  }
}
