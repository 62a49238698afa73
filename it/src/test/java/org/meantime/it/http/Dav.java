package org.meantime.it.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * A WebDAV client as one user, below one collection. Paths are raw, as they go on the wire, and
 * begin with a slash; the empty one is the collection itself.
 */
public record Dav(User user, String base) {
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** That user, below the root collection. */
  public static Dav as(User user) {
    return new Dav(user, Server.ROOT);
  }

  /** {@link User#WRITER} below a new collection that no other test knows. */
  public static Dav inNewCollection() {
    Dav dav = as(User.WRITER);
    String name = "/it-" + COUNT.incrementAndGet();
    dav.mkcol(name + "/").is(201);
    return new Dav(dav.user, dav.base + name);
  }

  /** Another user, below the same collection. */
  public Dav by(User other) {
    return new Dav(other, base);
  }

  /** The absolute path of a resource, as it stands in a DAV:href. */
  public String href(String path) {
    return base + path;
  }

  /** The absolute URL of a resource, as in a Destination. */
  public String url(String path) {
    return Server.origin() + base + path;
  }

  /** A request of this user, to be completed and sent. */
  public Request request(String method, String path) {
    Request request = new Request(method, href(path));
    user.authorization().ifPresent(value -> request.header("Authorization", value));
    return request;
  }

  public Response options(String path) {
    return request("OPTIONS", path).send();
  }

  public Response get(String path) {
    return request("GET", path).send();
  }

  public Response head(String path) {
    return request("HEAD", path).send();
  }

  public Response put(String path, String content) {
    return request("PUT", path).body(content).send();
  }

  public Response mkcol(String path) {
    return request("MKCOL", path).send();
  }

  public Response delete(String path) {
    return request("DELETE", path).send();
  }

  /** Copies with the defaults: everything below, overwriting. */
  public Response copy(String from, String to) {
    return request("COPY", from).header("Destination", url(to)).send();
  }

  public Response move(String from, String to) {
    return request("MOVE", from).header("Destination", url(to)).send();
  }

  /**
   * @param depth {@code 0}, {@code 1} or {@code infinity}
   * @param propfind the element in a {@code D:propfind}, such as {@code <D:allprop/>}
   */
  public Response propfind(String path, Object depth, String propfind) {
    return request("PROPFIND", path)
        .header("Depth", depth)
        .xml("<D:propfind>" + propfind + "</D:propfind>")
        .send();
  }

  /**
   * @param updates the elements in a {@code D:propertyupdate}
   */
  public Response proppatch(String path, String updates) {
    return request("PROPPATCH", path)
        .xml("<D:propertyupdate>" + updates + "</D:propertyupdate>")
        .send();
  }

  /**
   * Takes a write lock of infinite depth.
   *
   * @param scope {@code exclusive} or {@code shared}
   */
  public Response lock(String path, String scope) {
    return request("LOCK", path)
        .xml(
            "<D:lockinfo><D:lockscope><D:%s/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>"
                .formatted(scope))
        .send();
  }

  /**
   * @param token the value of the Lock-Token header, angle brackets included
   */
  public Response unlock(String path, String token) {
    return request("UNLOCK", path).header("Lock-Token", token).send();
  }
}
