package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * Where the root of the store is in the space of URLs, as this request's client sees it: turns URLs
 * into resource paths and tells those of other servers.
 */
final class Location {
  /**
   * RFC 4918 §8.3: Simple-ref = absolute-URI | ( path-absolute [ "?" query ] ); no resource here
   * has a query. Laxer than RFC 3986 in the path, as servers are with the request target: clients
   * that leave {@code [} or {@code |} unencoded do so in both.
   */
  private static final Pattern SIMPLE_REF =
      Pattern.compile("(?:(\\p{Alpha}[\\p{Alnum}+.-]*)://([^/?#\\s]*))?((?:/[^?#\\s]*)?)");

  private final String base;
  private final ResourcePath root;
  private final HttpServletRequest request;
  private final Settings settings;
  private final UnaryOperator<ResourcePath> spelling;
  private Optional<Authorities> authorities = Optional.empty(); // made for the first who asks

  private Location(
      HttpServletRequest request, Settings settings, UnaryOperator<ResourcePath> spelling) {
    this.request = request;
    this.settings = settings;
    this.spelling = spelling;
    base = base(request);
    root = ResourcePath.parse(base);
  }

  /**
   * For that request.
   *
   * @param spelling a path as the store spells it
   */
  static Location of(
      HttpServletRequest request, Settings settings, UnaryOperator<ResourcePath> spelling) {
    return new Location(request, settings, spelling);
  }

  /** The raw path of the root, without a slash at the end: the servlet is mapped to a prefix. */
  static String base(HttpServletRequest request) {
    return request.getContextPath() + request.getServletPath();
  }

  /** As {@link #base(HttpServletRequest)}. */
  String base() {
    return base;
  }

  /**
   * A URL, or a field that holds some, with what is not ASCII escaped. RFC 3986 allows none, but
   * curl and scripts send raw UTF-8, and containers hand over each of its bytes as one character.
   */
  static String escaped(String uri) {
    StringBuilder escaped = new StringBuilder(uri.length());
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c < 0x80 || c > 0xFF) {
        escaped.append(c);
      } else {
        escaped.append('%').append(Integer.toHexString(c));
      }
    }
    return escaped.toString();
  }

  /**
   * The resource at the path of a URL as it was sent; empty where that is outside the root. A path
   * that is too long is a 414, in whatever field it stands.
   */
  Optional<ResourcePath> path(String rawPath) {
    ResourcePath path = ResourcePath.parse(escaped(rawPath));
    requireShort(path, rawPath.length());
    return root.contains(path)
        ? Optional.of(path.rebase(root, ResourcePath.ROOT))
        : Optional.empty();
  }

  private void requireShort(ResourcePath path, int rawLength) {
    long segments = settings.number(Setting.PATH_SEGMENTS);
    if (path.segments().size() - root.segments().size() > segments) {
      throw tooLong(segments + " segments");
    }
    long bytes = settings.number(Setting.PATH_MAX);
    // to decode makes nothing longer
    if (rawLength - base.length() > bytes && path.bytes() - root.bytes() > bytes) {
      throw tooLong(bytes + " bytes");
    }
  }

  private static DavException tooLong(String most) {
    return new DavException(Status.URI_TOO_LONG, "a path is over " + most);
  }

  /**
   * The resource that an absolute URI or an absolute path names, as the store spells it; empty
   * where it is on another server or outside the root. Text that is neither is a 400.
   */
  Optional<ResourcePath> resolve(String reference) {
    Matcher matcher = SIMPLE_REF.matcher(reference);
    if (!matcher.matches() || reference.isEmpty() || reference.startsWith("//")) {
      throw DavException.badRequest("neither an absolute URI nor an absolute path of a resource");
    }
    boolean absolute = matcher.group(1) != null;
    if (absolute && !authorities().contain(matcher.group(1), matcher.group(2))) {
      return Optional.empty();
    }
    return path(matcher.group(3)).map(spelling);
  }

  private Authorities authorities() {
    if (authorities.isEmpty()) {
      authorities = Optional.of(Authorities.of(request));
    }
    return authorities.get();
  }
}
