package org.meantime.it.conformance;

import java.util.concurrent.TimeUnit;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/**
 * A tree that was doubled until a COPY of it took a second and had a 102, and had one again, so
 * that the next takes four times as long as needed; or until a limit.
 *
 * @param path of the tree; {@code l/} and {@code r/} in it are its halves, and so on
 * @param interims whether a COPY of half of it had a 102
 * @param seconds that the last COPY took, for people to read
 */
record LongWork(Dav dav, String path, long members, boolean interims, long seconds) {
  private static final int SEED = 31;
  private static final int MAX_MEMBERS = Integer.getInteger("it.max.members", 1_000_000);

  /** RFC 2518 §10.1 wants a 102 where a method takes longer than 20 seconds. */
  private static final int MAX_SECONDS = Integer.getInteger("it.max.seconds", 20);

  static LongWork make(Dav dav) {
    dav.mkcol("/t0/").is(201);
    for (int i = 0; i < SEED; i++) {
      dav.put("/t0/d" + i, "content").is(201);
    }
    LongWork work = new LongWork(dav, "/t0/", SEED + 1, false, 0);
    for (int height = 1; work.canGrow(); height++) {
      work = work.grown("/t" + height + "/");
    }
    return work.interims() ? work.doubled("/work/") : work;
  }

  private boolean canGrow() {
    return !interims && seconds < MAX_SECONDS && members <= MAX_MEMBERS / 2;
  }

  private LongWork grown(String twice) {
    dav.mkcol(twice).is(201);
    long begin = System.nanoTime();
    boolean seen = isHeardOf(twice + "l/");
    long lasted = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    if (seen) { // it may have been slow for another reason, or a beat came just then
      seen = lasted > 0 && isHeardOf(twice + "again/");
      delete(twice + "again/");
    }
    if (!seen && lasted >= MAX_SECONDS) {
      return new LongWork(dav, path, members, false, lasted);
    }
    return joined(twice, seen, lasted);
  }

  /** Once more, so that it is still long on a server that has less to do by then. */
  private LongWork doubled(String twice) {
    dav.mkcol(twice).is(201);
    copy(twice + "l/").send().is(201);
    return joined(twice, true, seconds);
  }

  private LongWork joined(String twice, boolean seen, long lasted) {
    dav.move(path, twice + "r/").is(201);
    return new LongWork(dav, twice, 2 * members + 1, seen, lasted);
  }

  private boolean isHeardOf(String destination) {
    return Interims.count(copy(destination).send().is(201)) > 0;
  }

  /** A COPY of the whole tree whose client wants to hear of it. */
  Request copy(String destination) {
    return copy(destination, "processing");
  }

  Request copy(String destination, String prefer) {
    return dav.request("COPY", path)
        .header("Destination", dav.url(destination))
        .header("Prefer", prefer);
  }

  /** A tree that is copied in a quarter of the time, which is still long. */
  LongWork quarter() {
    return part(members / 4);
  }

  /** The first part of the tree that has no more members than that. */
  LongWork part(long most) {
    return members <= most
        ? this
        : new LongWork(dav, path + "l/", (members - 1) / 2, interims, seconds).part(most);
  }

  /** The path below it of the member that comes last where they come by name. */
  String last() {
    StringBuilder last = new StringBuilder();
    for (long tree = members; tree > SEED + 1; tree = (tree - 1) / 2) {
      last.append("r/");
    }
    return last.append("d9").toString();
  }

  /** Takes a copy away again. */
  Response delete(String copy) {
    return dav.request("DELETE", copy).header("Prefer", "processing").send();
  }

  @Override
  public String toString() {
    return "COPY of " + members + " members";
  }
}
