package org.meantime.it.bench.client;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.meantime.it.bench.wire.Numbered;

/** Documents that workloads find when they begin, made once on each server. */
final class Fixtures {
  /** Content, whose row of {@code #} is for {@link #other()}. */
  static final byte[] KIB = ("########" + "content ".repeat(127)).getBytes();

  private static final int CONNECTIONS = 8;
  private static final AtomicInteger CONTENTS = new AtomicInteger();
  private static final Set<String> MADE = ConcurrentHashMap.newKeySet();

  private Fixtures() {}

  static void none(Site site) {}

  /** A number that no content has yet: no two documents are alike, unless one is a copy. */
  static int other() {
    return CONTENTS.incrementAndGet();
  }

  /** {@code /flat/}: 10,000 documents. */
  static void flat(Site site) throws IOException, InterruptedException {
    make(site, "/flat/", () -> documents(site, "/flat", 10_000));
  }

  /** {@code /dead/}: the same, 1,000 with a dead property. */
  static void dead(Site site) throws IOException, InterruptedException {
    flat(site);
    make(
        site,
        "/dead/",
        () -> {
          site.copy("/flat/", "/dead/");
          new Load(site, CONNECTIONS / 2)
              .all(
                  1_000,
                  (connection, i) -> {
                    Numbered patch = new Numbered(site.proppatch("/dead/d######"));
                    return number -> connection.exchange(patch.bytes(number)) == 207;
                  });
        });
  }

  /** {@code /tree/}: 100 collections of 100 documents. */
  static void tree(Site site) throws IOException, InterruptedException {
    make(site, "/tree/", () -> collections(site, "/tree", 100));
  }

  /** {@code /big/}: 1,000 collections of 100 documents. */
  static void bigTree(Site site) throws IOException, InterruptedException {
    make(site, "/big/", () -> collections(site, "/big", 1_000));
  }

  /** {@code /patched/}: one document for each connection. */
  static void patched(Site site) throws IOException, InterruptedException {
    make(site, "/patched/", () -> documents(site, "/patched", 4));
  }

  /** {@code /locked/}: 1,000 documents. */
  static void locked(Site site) throws IOException, InterruptedException {
    make(site, "/locked/", () -> documents(site, "/locked", 1_000));
  }

  private interface Making {
    void run() throws IOException, InterruptedException;
  }

  private static void make(Site site, String path, Making making)
      throws IOException, InterruptedException {
    if (MADE.add(site.target() + path)) {
      making.run();
    }
  }

  /** Makes a collection with so many documents of 1 KiB. */
  static void documents(Site site, String path, int count)
      throws IOException, InterruptedException {
    site.mkcol(path + "/");
    new Load(site, CONNECTIONS)
        .all(
            count,
            (connection, i) -> {
              Numbered put =
                  new Numbered(site.target().request("PUT", path + "/d######").body(KIB));
              return number -> connection.exchange(put.bytes(number, other())) == 201;
            });
  }

  private static void collections(Site site, String path, int count)
      throws IOException, InterruptedException {
    site.mkcol(path + "/");
    documents(site, path + "/c000000", 100);
    new Load(site, 2)
        .all(
            count - 1,
            (connection, i) -> {
              Numbered copy =
                  new Numbered(
                      site.target().transfer("COPY", path + "/c000000/", path + "/c######/"));
              return number -> connection.exchange(copy.bytes(number + 1)) == 201;
            });
  }
}
