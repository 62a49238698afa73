package org.meantime.it.protocol;

import java.util.List;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;

/** One plain request of each method, for tables over all of them. */
final class AnyMethod {
  static final List<String> READING = List.of("OPTIONS", "GET", "HEAD", "PROPFIND");
  static final List<String> WRITING =
      List.of("PUT", "MKCOL", "DELETE", "COPY", "MOVE", "PROPPATCH", "LOCK", "UNLOCK");

  /** Those of other specifications, and one of none; refused, but not before the role is known. */
  static final List<String> FOREIGN =
      List.of("POST", "PATCH", "REPORT", "SEARCH", "ACL", "MKCALENDAR", "VERSION-CONTROL", "BREW");

  private AnyMethod() {}

  /** The request, complete; a COPY or MOVE goes to {@code /new-<method>}. */
  static Request request(Dav dav, String method, String path) {
    Request request = dav.request(method, path);
    return switch (method) {
      case "PUT" -> request.body("new");
      case "COPY", "MOVE" -> request.header("Destination", dav.url("/new-" + method));
      case "PROPFIND" -> request.header("Depth", 0);
      case "PROPPATCH" ->
          request.xml(
              "<D:propertyupdate><D:set><D:prop><Z:p>new</Z:p></D:prop></D:set></D:propertyupdate>");
      case "LOCK" ->
          request.xml(
              "<D:lockinfo><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>");
      case "UNLOCK" ->
          request.header("Lock-Token", "<urn:uuid:6f7f1b1e-0000-4000-8000-000000000000>");
      default -> request;
    };
  }
}
