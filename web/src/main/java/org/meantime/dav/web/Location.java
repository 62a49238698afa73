package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;

/**
 * Where the root of the store is in the space of URLs, as this request's client sees it: turns URLs
 * into resource paths and tells those of other servers.
 */
final class Location {
  private final String base;
  private final ResourcePath root;
  private final Authorities authorities;

  private Location(String base, Authorities authorities) {
    this.base = base;
    this.root = ResourcePath.parse(base);
    this.authorities = authorities;
  }

  static Location of(HttpServletRequest request) {
    // the servlet is mapped to a prefix, so that these two are the path of the root
    String base = request.getContextPath() + request.getServletPath();
    return new Location(base, Authorities.of(request));
  }

  /** The raw path of the root, without a slash at the end. */
  String base() {
    return base;
  }

  /** The resource at a raw URL path; empty where that is outside the root. */
  Optional<ResourcePath> path(String rawPath) {
    ResourcePath path = ResourcePath.parse(rawPath);
    return root.contains(path)
        ? Optional.of(path.rebase(root, ResourcePath.ROOT))
        : Optional.empty();
  }

  /**
   * The resource that a Simple-ref (RFC 4918 §8.3) names, an absolute URI or an absolute path;
   * empty where it is on another server or outside the root. One that is neither is a 400.
   */
  Optional<ResourcePath> resolve(String reference) {
    URI uri;
    try {
      uri = new URI(reference);
    } catch (URISyntaxException e) {
      throw DavException.badRequest("not a URI");
    }
    if (uri.isOpaque() || uri.getRawFragment() != null || uri.getRawQuery() != null) {
      throw DavException.badRequest("a URL of a resource has no query and no fragment");
    }
    boolean here = uri.isAbsolute() ? ours(uri) : uri.getRawAuthority() == null;
    if (!uri.isAbsolute() && (!here || !reference.startsWith("/"))) {
      throw DavException.badRequest("neither an absolute URI nor an absolute path");
    }
    return here ? path(uri.getRawPath()) : Optional.empty();
  }

  private boolean ours(URI uri) {
    if (uri.getRawAuthority() == null) {
      throw DavException.badRequest("an absolute URI names a host");
    }
    return authorities.contain(uri);
  }
}
