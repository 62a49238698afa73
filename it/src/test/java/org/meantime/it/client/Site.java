package org.meantime.it.client;

import java.io.IOException;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Wiretap;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/**
 * Where a client works: a collection with {@code /a/}, {@code /a/member} and {@code /d}, reached
 * through a wiretap of its own.
 */
record Site(Dav dav, Wiretap wiretap) {
  static Site open() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    dav.put("/a/member", "member").is(201);
    dav.put("/d", "content").is(201);
    return new Site(dav, Wiretap.open());
  }

  /** The URL of something below the collection, as the client is to know it. */
  String url(String path) {
    return wiretap.origin() + dav.href(path);
  }

  String username() {
    return User.WRITER.username();
  }

  String password() {
    return User.WRITER.password();
  }

  /**
   * The point of {@link SlowStore} that is about that resource below the collection.
   *
   * @param point such as {@code stage/a}
   */
  String point(String point) {
    String below = dav.base().substring(Server.ROOT.length());
    return point.replaceFirst("/", below + "/");
  }
}
