package org.meantime.it.bench.client;

import java.io.IOException;
import java.util.Locale;

/** What can be asked of a server. */
public enum Workload {
  WARM(Fixtures::none, Warming::run),
  PUT1(Fixtures::none, Rates::put1),
  PUT8(Fixtures::none, Rates::put8),
  GET(Fixtures::flat, Rates::get),
  PROPFIND(Fixtures::flat, Rates::propfind),
  DEPTH1(Fixtures::flat, Listing::depth1),
  DEAD(Fixtures::dead, Listing::dead),
  INFINITY(Fixtures::tree, Listing::tree),
  INFINITY100K(Fixtures::bigTree, Listing::bigTree),
  TREE(Fixtures::tree, Trees::tree),
  TREE100K(Fixtures::bigTree, Trees::bigTree),
  BIG(Fixtures::none, BigDocument::run),
  PROPPATCH(Fixtures::patched, Rates::proppatch),
  LOCK(Fixtures::locked, Rates::lock),
  /** Of a servlet that only the container stands before: no server has it but ours. */
  BARE(Fixtures::none, Rates::bare),
  OPEN(Fixtures::none, Rates::open),
  GROWTH(Fixtures::none, Growth::run);

  private final Site.Work fixture;
  private final Site.Work work;

  Workload(Site.Work fixture, Site.Work work) {
    this.fixture = fixture;
    this.work = work;
  }

  /** What it is called on a command line. */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Makes the documents it finds when it begins. */
  void prepare(Site site) throws IOException, InterruptedException {
    fixture.run(site);
  }

  void run(Site site) throws IOException, InterruptedException {
    work.run(site);
  }
}
