package org.meantime.it.bench.client;

import java.net.URI;
import org.meantime.it.http.Request;
import org.meantime.it.server.User;

/**
 * A server, and where its documents are.
 *
 * @param base the path of a collection, without a slash at its end
 */
record Target(String host, int port, String base) {
  static Target parse(String url) {
    URI uri = URI.create(url);
    return new Target(uri.getHost(), uri.getPort(), uri.getRawPath());
  }

  Request request(String method, String path) {
    return new Request(method, base + path)
        .header("Host", host + ":" + port)
        .header("Authorization", User.WRITER.authorization().orElseThrow());
  }

  /** A COPY or MOVE. */
  Request transfer(String method, String path, String to) {
    return request(method, path)
        .header("Destination", "http://" + host + ":" + port + base + to)
        .header("Overwrite", "F");
  }

  Request propfind(String path, String depth, String propfind) {
    return request("PROPFIND", path)
        .header("Depth", depth)
        .xml("<D:propfind>" + propfind + "</D:propfind>");
  }

  /** Sets the one dead property that all these workloads know. */
  Request proppatch(String path) {
    return request("PROPPATCH", path)
        .xml(
            "<D:propertyupdate><D:set><D:prop><Z:author>"
                + Listing.AUTHOR
                + "########</Z:author></D:prop></D:set></D:propertyupdate>");
  }
}
