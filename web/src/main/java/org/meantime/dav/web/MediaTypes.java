package org.meantime.dav.web;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of several media types a client would rather have (RFC 9110 §12.5.1). */
final class MediaTypes {
  private static final Pattern QUALITY =
      Pattern.compile("(?i);\\s*q\\s*=\\s*([01](?:\\.\\d{0,3})?)");

  private MediaTypes() {}

  /**
   * The offered type that the elements of an Accept field like best; of two they like alike, the
   * first. A client that wants none of them gets the first all the same.
   */
  static String preferred(List<String> accept, List<String> offered) {
    return offered.stream()
        .min(Comparator.comparingDouble(type -> -quality(accept, type)))
        .orElseThrow();
  }

  /** The most specific range that a type is in says how well it is liked. */
  private static double quality(List<String> accept, String type) {
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String range : List.of(type, family, "*/*")) {
      for (String element : accept) {
        if (element.replaceFirst("\\s*;.*", "").equalsIgnoreCase(range)) {
          return quality(element);
        }
      }
    }
    return accept.isEmpty() ? 1 : 0;
  }

  private static double quality(String element) {
    Matcher matcher = QUALITY.matcher(element);
    return matcher.find() ? Double.parseDouble(matcher.group(1)) : 1;
  }
}
