package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.meantime.it.conformance.Check.offered;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Response;
import org.meantime.it.server.User;

/** What the Location of a 202 or a 102 leads to, in JSON. */
record OperationDocument(User user, String location) {
  private static final Pattern STATE = Pattern.compile("\"state\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern DONE = Pattern.compile("\"done\"\\s*:\\s*(\\d+)");
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  static OperationDocument of(Response accepted, User user) {
    return new OperationDocument(user, accepted.header("Location"));
  }

  Response request(String method) {
    String path = URI.create(location).getRawPath();
    return new Dav(user, "").request(method, path).header("Accept", "application/json").send();
  }

  Response get() {
    return request("GET").is(200);
  }

  String state() {
    Matcher state = STATE.matcher(get().text());
    offered(state.find(), "the document tells no state");
    return state.group(1);
  }

  boolean isRunning() {
    return List.of("running", "cancelling").contains(state());
  }

  /** Waits until members are done, where it tells, so that there is something to take back. */
  void awaitProgress() {
    await(
        it -> {
          Matcher done = DONE.matcher(it.get().text());
          return !done.find() || Long.parseLong(done.group(1)) > 0 || !it.isRunning();
        });
  }

  /** Waits for its end; what the state is then. */
  String awaitEnd() {
    await(it -> !it.isRunning());
    String state = state();
    assertTrue(List.of("done", "failed", "cancelled").contains(state), state);
    return state;
  }

  void await(Predicate<OperationDocument> condition) {
    long begin = System.nanoTime();
    while (!condition.test(this)) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        fail("waited in vain; " + get());
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
