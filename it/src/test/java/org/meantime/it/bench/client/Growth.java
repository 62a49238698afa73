package org.meantime.it.bench.client;

import java.io.IOException;

/** The same work on more and more documents. */
final class Growth {
  private static final int TIMES = 3;
  private static final int TEN = 10;
  private static final int SMALLEST = 1_000;
  private static final int LARGEST = Integer.getInteger("bench.growth", 1_000_000);
  private static final int LARGEST_COLLECTION = Math.min(LARGEST, 100_000);

  private Growth() {}

  static void run(Site site) throws IOException, InterruptedException {
    put(site, 0);
    for (int members = SMALLEST; members <= LARGEST_COLLECTION; members *= TEN) {
      list(site, members);
    }
    put(site, LARGEST_COLLECTION);
    int tree = grow(site);
    put(site, LARGEST);
    copied(site, tree, site.copy(path(LARGEST), "/copy/"));
  }

  private static void put(Site site, int resources) throws IOException, InterruptedException {
    String name = "PUT 1 KiB, 8 connections, beside %,d resources (/s)".formatted(resources);
    site.figures().add(name, Sample.median(TIMES, i -> Rates.put(site, 8)));
  }

  private static void list(Site site, int members) throws IOException, InterruptedException {
    String path = "/list" + members;
    Fixtures.documents(site, path, members);
    double whole =
        Sample.median(TIMES, i -> Listing.of(site, path + "/", "1", 1 + members).whole());
    double each = 1000 * whole / members;
    site.figures().add("PROPFIND Depth 1, %,d members (µs each)".formatted(members), each);
  }

  private static String path(int documents) {
    return "/tree" + documents + "/";
  }

  /**
   * Makes trees, each of ten copies of the one before, which are measured, beginning with 1,000
   * documents in a collection.
   *
   * @return the members of the last
   */
  private static int grow(Site site) throws IOException, InterruptedException {
    int members = SMALLEST;
    site.copy("/list" + SMALLEST + "/", path(SMALLEST));
    for (int documents = SMALLEST; documents < LARGEST; documents *= TEN) {
      String tree = path(documents * TEN);
      site.mkcol(tree);
      String before = path(documents);
      copied(site, members, Sample.median(TEN, i -> site.copy(before, tree + "c" + i + "/")));
      members = TEN * (members + 1);
    }
    return members;
  }

  private static void copied(Site site, int members, double milliseconds) {
    String name = "COPY, %,d members (µs each)".formatted(members);
    site.figures().add(name, 1000 * milliseconds / members);
  }
}
