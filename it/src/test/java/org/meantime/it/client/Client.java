package org.meantime.it.client;

import java.time.Duration;

/**
 * A client and what it does: work that takes long, then something quick, and it looks at what it
 * was told of each.
 *
 * @param point where its work stands, such as {@code stage/a}
 * @param most how many 102s it is sent at most
 * @param impatient whether it waits no longer than {@link #PATIENCE} for a sign of life
 */
record Client(String name, String point, int most, boolean impatient, Session session) {
  /** More 102s than any of these is sent. */
  static final int ANY = 100;

  static final Duration PATIENCE = Duration.ofSeconds(4);

  /** What the client does, which fails where the client was not told what it should have been. */
  interface Session {
    void run(Site site) throws Exception;
  }
}
