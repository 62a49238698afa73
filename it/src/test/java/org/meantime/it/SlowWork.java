package org.meantime.it;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Assertions;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.server.Server;

/**
 * A request whose work a test can hold up.
 *
 * @param name the row of the table
 * @param point where the work stands, below the collection of the test; no path where it has none
 * @param prepare makes what is needed, and the request
 * @param status the final status
 * @param check looks at the final response
 */
record SlowWork(
    String name,
    String point,
    Function<Dav, Request> prepare,
    int status,
    Consumer<Response> check) {

  private static final Consumer<Response> EMPTY = r -> Assertions.assertEquals(0, r.body().length);

  /** A row for each method that may send 102s, and the step of the store that makes it slow. */
  static final List<SlowWork> ALL =
      List.of(
          new SlowWork("PROPFIND", "deadProperties/a", SlowWork::propfind, 207, listed(2)),
          new SlowWork("PROPPATCH", "update/a", SlowWork::proppatch, 207, listed(1)),
          new SlowWork("COPY", "stage/a", dav -> to(dav, "COPY"), 201, EMPTY),
          new SlowWork("MOVE", "move/a", dav -> to(dav, "MOVE"), 201, EMPTY),
          new SlowWork("DELETE", "deleteTree/a", dav -> of(dav, "DELETE"), 204, EMPTY),
          new SlowWork("PUT", "put/b", dav -> dav.request("PUT", "/b").body("content"), 201, EMPTY),
          new SlowWork(
              "PUT of unknown length",
              "put/b",
              dav -> dav.request("PUT", "/b").chunked("content"),
              201,
              EMPTY),
          new SlowWork(
              "MKCOL", "createCollection/b", dav -> dav.request("MKCOL", "/b/"), 201, EMPTY),
          new SlowWork(
              "LOCK of nothing", "put/b", dav -> lock(dav.request("LOCK", "/b")), 201, lock()),
          new SlowWork("LOCK", "transaction", dav -> lock(of(dav, "LOCK")), 200, lock()),
          new SlowWork("UNLOCK", "transaction", SlowWork::unlock, 204, EMPTY));

  /** The point of the work in that collection. */
  String pointBelow(Dav dav) {
    int path = point.indexOf('/');
    return path < 0 ? point : point.substring(0, path) + below(dav, point.substring(path));
  }

  /** The path of a resource below the root of the store. */
  static String below(Dav dav, String path) {
    return dav.href(path).substring(Server.ROOT.length());
  }

  static SlowWork named(String name) {
    return ALL.stream().filter(work -> work.name().equals(name)).findFirst().orElseThrow();
  }

  boolean isInTransaction() {
    return !name.equals("PROPFIND") && !name.equals("COPY");
  }

  private static Request of(Dav dav, String method) {
    dav.mkcol("/a/").is(201);
    dav.put("/a/member", "content").is(201);
    return dav.request(method, "/a/");
  }

  private static Request to(Dav dav, String method) {
    return of(dav, method).header("Destination", dav.href("/b/"));
  }

  private static Request propfind(Dav dav) {
    return of(dav, "PROPFIND").header("Depth", "infinity");
  }

  private static Request proppatch(Dav dav) {
    return of(dav, "PROPPATCH")
        .xml("<D:propertyupdate><D:set><D:prop><Z:a>1</Z:a></D:prop></D:set></D:propertyupdate>");
  }

  private static Request lock(Request request) {
    return request.xml(
        "<D:lockinfo><D:lockscope><D:exclusive/></D:lockscope>"
            + "<D:locktype><D:write/></D:locktype></D:lockinfo>");
  }

  private static Request unlock(Dav dav) {
    Request request = of(dav, "UNLOCK");
    String token = dav.lock("/a/", "exclusive").is(200).header("Lock-Token");
    return request.header("Lock-Token", token);
  }

  private static Consumer<Response> listed(int responses) {
    return r -> Assertions.assertEquals(responses, r.xml().count("/D:multistatus/D:response"));
  }

  private static Consumer<Response> lock() {
    return r -> Assertions.assertTrue(r.xml().has("/D:prop/D:lockdiscovery/D:activelock"));
  }
}
