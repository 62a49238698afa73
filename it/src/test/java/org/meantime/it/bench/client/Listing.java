package org.meantime.it.bench.client;

import java.io.IOException;
import org.meantime.it.bench.wire.Connection;

/**
 * What one PROPFIND of a collection took.
 *
 * @param whole milliseconds to the end of the answer
 * @param first milliseconds to the first byte of it
 */
record Listing(double whole, double first) {
  /** What the value of the dead property begins with. */
  static final String AUTHOR = "author-of-";

  static final String ONE = "</D:response>";
  private static final String LIVE =
      "<D:resourcetype/><D:getcontentlength/><D:getlastmodified/><D:getetag/><D:displayname/><D:creationdate/>";
  private static final int TIMES = 3;

  /** Asks for six live properties, and checks how many resources are listed. */
  static Listing of(Site site, String path, String depth, int resources) throws IOException {
    return of(site, path, depth, resources, 0);
  }

  private static Listing of(Site site, String path, String depth, int resources, int authors)
      throws IOException {
    String properties = LIVE + (authors > 0 ? "<Z:author/>" : "");
    try (Connection connection = new Connection(site.target(), ONE, AUTHOR)) {
      String asked = "<D:prop>" + properties + "</D:prop>";
      byte[] request = site.target().propfind(path, depth, asked).bytes();
      site.check(207, connection.exchange(request), path);
      site.check(resources, connection.counted(0), "the listing of " + path);
      site.check(authors, connection.counted(1), "the properties of " + path);
      return new Listing(connection.whole(), connection.first());
    }
  }

  static void depth1(Site site) throws IOException {
    report(site, "PROPFIND Depth 1, 10,000 members", "/flat/", "1", 10_001, 0);
  }

  static void dead(Site site) throws IOException {
    String name = "PROPFIND Depth 1, 10,000 members, 1,000 with a dead property";
    report(site, name, "/dead/", "1", 10_001, 1_000);
  }

  static void tree(Site site) throws IOException {
    report(site, "PROPFIND Depth infinity, 10,100 members", "/tree/", "infinity", 10_101, 0);
  }

  static void bigTree(Site site) throws IOException {
    double whole = of(site, "/big/", "infinity", 101_001).whole();
    site.figures().add("PROPFIND Depth infinity, 101,000 members (ms)", whole);
  }

  private static void report(
      Site site, String name, String path, String depth, int resources, int authors)
      throws IOException {
    double[] whole = new double[TIMES];
    double[] first = new double[TIMES];
    for (int i = 0; i < TIMES; i++) {
      Listing listing = of(site, path, depth, resources, authors);
      whole[i] = listing.whole;
      first[i] = listing.first;
    }
    site.figures().add(name + " (ms)", Sample.of(whole).median());
    if (depth.equals("1")) {
      site.figures().add(name + ", first byte (ms)", Sample.of(first).median());
    }
  }
}
