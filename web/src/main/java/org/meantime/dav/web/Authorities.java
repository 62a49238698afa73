package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The hosts and ports under which a client may know this server: its address, the Host field, and
 * what proxies say they were asked for in Forwarded (RFC 7239) or X-Forwarded-Host and -Port. A
 * client that forges these fields widens only what its own request may name.
 */
final class Authorities {
  private static final int HTTP = 80;
  private static final int HTTPS = 443;
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[^]]*]|[^:]*)(?::(\\d{0,5}))?");
  private static final Pattern FORWARDED_HOST =
      Pattern.compile("(?i)(?:^|[;,\\s])host=(?:\"([^\"]*)\"|([^\";,\\s]*))");

  /** Each a host in lower case, a colon, and its port where one was named. */
  private final Set<String> authorities = new HashSet<>();

  /** Those of every host that came without one. */
  private final Set<Integer> ports = new HashSet<>(Set.of(HTTP, HTTPS));

  /** A host in lower case, and its port where one was named. */
  private record Authority(String host, Optional<Integer> port) {
    @Override
    public String toString() {
      return host + ":" + port.map(String::valueOf).orElse("");
    }
  }

  private Authorities() {}

  static Authorities of(HttpServletRequest request) {
    Authorities ours = new Authorities();
    ours.add(Optional.ofNullable(request.getHeader("Host")).orElse(""));
    each(request, "X-Forwarded-Host").forEach(ours::add);
    for (String line : Collections.list(request.getHeaders("Forwarded"))) {
      Matcher host = FORWARDED_HOST.matcher(line);
      while (host.find()) {
        ours.add(host.group(1) != null ? host.group(1) : host.group(2));
      }
    }
    each(request, "X-Forwarded-Port").forEach(ours::addPort);
    if (ours.authorities.isEmpty()) { // HTTP/1.0 without Host
      ours.add(request.getServerName() + ":" + request.getServerPort());
    }
    String address = request.getLocalAddr();
    ours.add(
        (address.contains(":") ? "[" + address + "]" : address) + ":" + request.getLocalPort());
    return ours;
  }

  /**
   * True where a URI of that scheme and authority is on this server. The scheme is not compared,
   * and an authority without a port is the default port of either: behind a proxy that ends TLS and
   * says nothing of it, https in the client's URLs arrives as http.
   */
  boolean contain(String scheme, String authority) {
    Optional<Authority> asked = parse(authority.substring(authority.indexOf('@') + 1));
    int byScheme =
        switch (scheme.toLowerCase(Locale.ROOT)) {
          case "http" -> HTTP;
          case "https" -> HTTPS;
          default -> -1;
        };
    return byScheme > 0
        && asked.isPresent()
        && contain(asked.get().host, asked.get().port.orElse(byScheme));
  }

  private boolean contain(String host, int port) {
    return authorities.contains(new Authority(host, Optional.of(port)).toString())
        || ports.contains(port)
            && authorities.contains(new Authority(host, Optional.empty()).toString());
  }

  private void add(String text) {
    parse(text).ifPresent(authority -> authorities.add(authority.toString()));
  }

  private void addPort(String text) {
    if (text.matches("\\d{1,5}")) {
      ports.add(Integer.valueOf(text));
    }
  }

  private static Optional<Authority> parse(String text) {
    Matcher matcher = AUTHORITY.matcher(text.strip());
    if (!matcher.matches() || matcher.group(1).isEmpty()) {
      return Optional.empty();
    }
    Optional<Integer> port =
        Optional.ofNullable(matcher.group(2)).filter(p -> !p.isEmpty()).map(Integer::valueOf);
    return Optional.of(new Authority(matcher.group(1).toLowerCase(Locale.ROOT), port));
  }

  private static List<String> each(HttpServletRequest request, String name) {
    List<String> values = new ArrayList<>();
    for (String line : Collections.list(request.getHeaders(name))) {
      for (String value : line.split(",")) {
        values.add(value.strip());
      }
    }
    return values;
  }
}
