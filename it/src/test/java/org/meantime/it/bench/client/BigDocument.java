package org.meantime.it.bench.client;

import java.io.IOException;
import org.meantime.it.bench.wire.Connection;

/** One document of 1 GiB. */
final class BigDocument {
  private static final long SIZE = Long.getLong("bench.big.mib", 1024) << 20;
  private static final int TIMES = 3;

  private BigDocument() {}

  static void run(Site site) throws IOException, InterruptedException {
    String work = site.newCollection();
    site.figures().add("PUT 1 GiB (MB/s)", rate(put(site, work + "/a")));
    site.settle();
    double got = Sample.median(TIMES, i -> get(site, work + "/a"));
    site.figures().add("GET 1 GiB (MB/s)", rate(got));
    double copied = Sample.median(TIMES, i -> copy(site, work, i));
    site.figures().add("COPY of 1 GiB (ms)", copied);
    try (Connection connection = new Connection(site.target())) {
      connection.exchange(site.target().request("HEAD", work + "/b0").bytes());
      site.check(SIZE, connection.head().length(), "the length of the copy");
    }
    site.delete(work + "/");
  }

  private static double put(Site site, String path) throws IOException {
    try (Connection connection = new Connection(site.target())) {
      byte[] header = site.target().request("PUT", path).header("Content-Length", SIZE).bytes();
      site.check(201, connection.upload(header, SIZE), "PUT " + path);
      return connection.whole();
    }
  }

  private static double get(Site site, String path) throws IOException {
    try (Connection connection = new Connection(site.target())) {
      byte[] get = site.target().request("GET", path).bytes();
      site.check(200, connection.exchange(get), "GET " + path);
      site.check(SIZE, connection.length(), "the length of " + path);
      return connection.whole();
    }
  }

  private static double copy(Site site, String work, int number)
      throws IOException, InterruptedException {
    site.settle();
    return site.copy(work + "/a", work + "/b" + number);
  }

  private static double rate(double milliseconds) {
    return SIZE / 1e3 / milliseconds;
  }
}
