package org.meantime.it.bench.client;

import java.io.IOException;
import org.meantime.it.bench.wire.Connection;
import org.meantime.it.bench.wire.Numbered;

/** Short requests, and how many of them a server answers in a second. */
final class Rates {
  private static final int COLLECTIONS = 400;
  private static final int EACH = 100;
  private static final int LOCKED = 1_000;
  private static final int LOCKERS = 4;
  private static final String OK = " 200 OK";
  private static final String LOCK =
      "<D:lockinfo><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype><D:owner>bench</D:owner></D:lockinfo>";

  private Rates() {}

  static void put1(Site site) throws IOException, InterruptedException {
    site.figures().add("PUT 1 KiB, 1 connection (/s)", put(site, 1));
  }

  static void put8(Site site) throws IOException, InterruptedException {
    site.figures().add("PUT 1 KiB, 8 connections (/s)", put(site, 8));
  }

  /** New documents, 100 in each collection. */
  static double put(Site site, int connections) throws IOException, InterruptedException {
    String work = site.newCollection();
    for (int i = 0; i < COLLECTIONS; i++) {
      site.mkcol("%s/c%04d/".formatted(work, i));
    }
    Load load = new Load(site, connections).most(COLLECTIONS * EACH);
    double rate =
        load.perSecond(
            (connection, i) -> {
              String path = work + "/c####/d######";
              Numbered put = new Numbered(site.target().request("PUT", path).body(Fixtures.KIB));
              return n -> connection.exchange(put.bytes(n / EACH, n, Fixtures.other())) == 201;
            });
    Listing.of(site, work + "/", "infinity", 1 + COLLECTIONS + load.right());
    return rate;
  }

  static void get(Site site) throws InterruptedException {
    site.figures().add("GET 1 KiB, 16 connections (/s)", get(site, "/flat/d000042"));
  }

  static void bare(Site site) throws InterruptedException {
    String name = "GET 1 KiB of a bare servlet that checks access, 16 connections (/s)";
    site.figures().add(name, get(site, "/bare/checked"));
  }

  static void open(Site site) throws InterruptedException {
    String name = "GET 1 KiB of a bare servlet, 16 connections (/s)";
    site.figures().add(name, get(site, "/bare/open"));
  }

  private static double get(Site site, String path) throws InterruptedException {
    byte[] get = site.target().request("GET", path).bytes();
    return new Load(site, 16)
        .perSecond(
            (connection, i) ->
                n -> connection.exchange(get) == 200 && connection.length() == Fixtures.KIB.length);
  }

  static void propfind(Site site) throws InterruptedException {
    byte[] propfind = site.target().propfind("/flat/d000042", "0", "<D:allprop/>").bytes();
    double rate =
        new Load(site, 8, Listing.ONE)
            .perSecond(
                (connection, i) ->
                    n -> connection.exchange(propfind) == 207 && connection.counted(0) == 1);
    site.figures().add("PROPFIND Depth 0, allprop, 8 connections (/s)", rate);
  }

  static void proppatch(Site site) throws InterruptedException {
    double rate =
        new Load(site, 4, OK)
            .perSecond(
                (connection, i) -> {
                  String path = "/patched/d00000" + i;
                  Numbered patch = new Numbered(site.proppatch(path));
                  return n ->
                      connection.exchange(patch.bytes(n)) == 207 && connection.counted(0) == 1;
                });
    site.figures().add("PROPPATCH of one dead property, 4 connections (/s)", rate);
  }

  static void lock(Site site) throws InterruptedException {
    double rate = new Load(site, LOCKERS).perSecond((connection, i) -> cycle(site, connection, i));
    site.figures().add("LOCK and UNLOCK, 4 connections (cycles/s)", rate);
    site.figures().add("LOCK and UNLOCK, wrong answers", site.figures().wrong());
  }

  /** Locks and unlocks documents that no other connection does. */
  static Load.Step cycle(Site site, Connection connection, int own) {
    Numbered lock =
        new Numbered(
            site.target()
                .request("LOCK", "/locked/d######")
                .header("Depth", "0")
                .header("Timeout", "Second-600")
                .xml(LOCK));
    int[] turn = {0};
    return n -> {
      int document = turn[0]++ * LOCKERS % LOCKED + own;
      if (connection.exchange(lock.bytes(document)) != 200) {
        return false;
      }
      String token = connection.head().lockToken();
      String path = "/locked/d%06d".formatted(document);
      byte[] unlock = site.target().request("UNLOCK", path).header("Lock-Token", token).bytes();
      return connection.exchange(unlock) == 204;
    };
  }
}
