package org.meantime.it.bench.wire;

import java.net.URI;
import org.meantime.it.http.Request;
import org.meantime.it.server.User;

/**
 * A server, and where its documents are.
 *
 * @param base the path of a collection, without a slash at its end
 */
public record Target(String host, int port, String base) {
  public static Target parse(String url) {
    URI uri = URI.create(url);
    return new Target(uri.getHost(), uri.getPort(), uri.getRawPath());
  }

  public Request request(String method, String path) {
    return new Request(method, base + path)
        .header("Host", host + ":" + port)
        .header("Authorization", User.WRITER.authorization().orElseThrow());
  }

  /** A COPY or MOVE. */
  public Request transfer(String method, String path, String to) {
    return request(method, path)
        .header("Destination", "http://" + host + ":" + port + base + to)
        .header("Overwrite", "F");
  }

  public Request propfind(String path, String depth, String propfind) {
    return request("PROPFIND", path)
        .header("Depth", depth)
        .xml("<D:propfind>" + propfind + "</D:propfind>");
  }
}
