package org.meantime.dav.web;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of several media types a client would rather have (RFC 9110 §12.5.1). */
final class MediaTypes {
  private static final Pattern QVALUE = Pattern.compile("[01](?:\\.\\d{0,3})?");

  private MediaTypes() {}

  /** One element of an Accept field. */
  private record MediaRange(String type, double quality) {
    static MediaRange parse(String element) {
      String[] parts = element.split(";", -1);
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals >= 0 && parts[i].substring(0, equals).strip().equalsIgnoreCase("q")) {
          return new MediaRange(parts[0].strip(), qvalue(parts[i].substring(equals + 1).strip()));
        }
      }
      return new MediaRange(parts[0].strip(), 1);
    }

    private static double qvalue(String text) {
      Matcher matcher = QVALUE.matcher(text);
      return matcher.lookingAt() ? Double.parseDouble(matcher.group()) : 1;
    }
  }

  /**
   * The offered type that the elements of an Accept field like best; of two they like alike, the
   * first. A client that wants none of them gets the first all the same.
   */
  static String preferred(List<String> accept, List<String> offered) {
    List<MediaRange> ranges = accept.stream().map(MediaRange::parse).toList();
    return offered.stream()
        .min(Comparator.comparingDouble(type -> -quality(ranges, type)))
        .orElseThrow();
  }

  /** The most specific range that a type is in says how well it is liked. */
  private static double quality(List<MediaRange> ranges, String type) {
    String family = type.substring(0, type.indexOf('/')) + "/*";
    for (String wanted : List.of(type, family, "*/*")) {
      for (MediaRange range : ranges) {
        if (range.type.equalsIgnoreCase(wanted)) {
          return range.quality;
        }
      }
    }
    return ranges.isEmpty() ? 1 : 0;
  }
}
