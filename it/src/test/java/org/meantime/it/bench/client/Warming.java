package org.meantime.it.bench.client;

import java.io.IOException;
import org.meantime.it.bench.wire.Connection;
import org.meantime.it.bench.wire.Numbered;
import org.meantime.it.bench.wire.Target;

/**
 * Work of every kind until the server's compiler is done with it. Has no figures. What it puts
 * stays: to sweep it away in the background takes minutes, in the middle of what is measured.
 */
final class Warming {
  private static final int SECONDS = Integer.getInteger("bench.warm.seconds", 60);
  private static final int LISTINGS = 10; // of three each
  private static final int TREES = 5;

  private Warming() {}

  /** Short requests of every kind at once, then long ones. */
  static void run(Site site) throws IOException, InterruptedException {
    Fixtures.flat(site);
    Fixtures.dead(site);
    Fixtures.tree(site);
    Fixtures.locked(site);
    Fixtures.patched(site);
    String work = site.newCollection();
    new Load(site, 6).perSecond(SECONDS, (connection, i) -> step(site, connection, work, i));
    for (int i = 0; i < LISTINGS; i++) {
      Listing.depth1(site);
      Listing.dead(site);
      Listing.tree(site);
    }
    for (int i = 0; i < TREES; i++) {
      Trees.tree(site);
    }
    BigDocument.run(site);
    site.figures().forget();
  }

  /** Only one connection locks: more are one of the workloads. */
  private static Load.Step step(Site site, Connection connection, String work, int number) {
    Target target = site.target();
    Numbered put = new Numbered(target.request("PUT", work + "/d########").body(Fixtures.KIB));
    Numbered patch = new Numbered(site.proppatch("/patched/d000000"));
    byte[] get = target.request("GET", "/flat/d000042").bytes();
    byte[] propfind = target.propfind("/flat/d000042", "0", "<D:allprop/>").bytes();
    return switch (number) {
      case 0 -> Rates.cycle(site, connection, 0);
      case 1 -> n -> connection.exchange(patch.bytes(n)) == 207;
      case 2 -> n -> connection.exchange(propfind) == 207;
      case 3, 4 -> n -> connection.exchange(put.bytes(n, Fixtures.other())) == 201;
      default -> n -> connection.exchange(get) == 200;
    };
  }
}
