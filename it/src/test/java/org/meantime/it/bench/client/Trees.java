package org.meantime.it.bench.client;

import java.io.IOException;

/** COPY, MOVE and DELETE of whole trees. */
final class Trees {
  private Trees() {}

  static void tree(Site site) throws IOException {
    change(site, "/tree/", 100, 3);
  }

  static void bigTree(Site site) throws IOException {
    change(site, "/big/", 1_000, 1);
  }

  private static void change(Site site, String tree, int collections, int times)
      throws IOException {
    double[] copy = new double[times];
    double[] move = new double[times];
    double[] delete = new double[times];
    for (int i = 0; i < times; i++) {
      String work = site.newCollection();
      copy[i] = site.copy(tree, work + "/copied/");
      move[i] = site.move(work + "/copied/", work + "/moved/");
      Listing.of(site, work + "/moved/", "1", 1 + collections);
      String last = "%s/moved/c%06d/".formatted(work, collections - 1);
      Listing.of(site, last, "1", 1 + 100);
      delete[i] = site.delete(work + "/moved/");
      site.delete(work + "/");
    }
    report(site, "COPY", collections, copy);
    report(site, "MOVE", collections, move);
    report(site, "DELETE", collections, delete);
  }

  private static void report(Site site, String method, int collections, double[] times) {
    String name = "%s, %,d members (ms)".formatted(method, collections * 101);
    site.figures().add(name, Sample.of(times).median());
  }
}
