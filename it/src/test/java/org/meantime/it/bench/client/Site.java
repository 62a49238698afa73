package org.meantime.it.bench.client;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.meantime.it.bench.wire.Connection;
import org.meantime.it.bench.wire.Target;
import org.meantime.it.http.Request;

/** One server while one workload runs on it. */
record Site(Target target, Figures figures) {
  private static final long PATIENCE_SECONDS = 10;
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** A step of a workload. */
  interface Work {
    void run(Site site) throws IOException, InterruptedException;
  }

  /**
   * Sends one request on a connection of its own, which must have such an answer.
   *
   * @return how long the answer took, in milliseconds
   */
  double expect(int status, Request request) throws IOException {
    try (Connection connection = new Connection(target)) {
      check(status, connection.exchange(request.bytes()), request.method() + request.target());
      return connection.whole();
    }
  }

  void check(long expected, long actual, String what) {
    if (actual != expected) {
      figures.wrong(1, what + " has " + actual + " and not " + expected);
    }
  }

  /** Sets the one dead property that all workloads know to a number yet to be written there. */
  Request proppatch(String path) {
    return target
        .request("PROPPATCH", path)
        .xml(
            "<D:propertyupdate><D:set><D:prop><Z:author>"
                + Listing.AUTHOR
                + "########</Z:author></D:prop></D:set></D:propertyupdate>");
  }

  double mkcol(String path) throws IOException {
    return expect(201, target.request("MKCOL", path));
  }

  double copy(String path, String to) throws IOException {
    return expect(201, target.transfer("COPY", path, to));
  }

  double move(String path, String to) throws IOException {
    return expect(201, target.transfer("MOVE", path, to));
  }

  double delete(String path) throws IOException {
    return expect(204, target.request("DELETE", path));
  }

  /**
   * Waits, though not for long, until everything written is on the disk that all share, so that it
   * does not burden what is measured next.
   */
  void settle() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The path of a new collection, without a slash at its end. */
  String newCollection() throws IOException {
    String path = "/work-" + COUNT.incrementAndGet();
    mkcol(path + "/");
    return path;
  }
}
