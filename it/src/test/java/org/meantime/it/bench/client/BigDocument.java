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
    double[] gets = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      gets[i] = get(site, work + "/a");
    }
    site.figures().add("GET 1 GiB (MB/s)", rate(Sample.of(gets).median()));
    double[] copies = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      site.settle();
      copies[i] = site.copy(work + "/a", work + "/b" + i);
    }
    site.figures().add("COPY of 1 GiB (ms)", Sample.of(copies).median());
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

  private static double rate(double milliseconds) {
    return SIZE / 1e3 / milliseconds;
  }
}
