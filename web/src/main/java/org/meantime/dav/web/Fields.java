package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

/**
 * The header fields of a request, checked: none is oversized, none that must stand alone does not.
 */
final class Fields {
  private final NavigableMap<String, List<String>> lines =
      new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /** The fields of that request, asked of the container once; one that is too long is a 431. */
  Fields(HttpServletRequest request, Settings settings) {
    long mostOfIf = settings.number(Setting.IF_MAX);
    long mostOfOthers = settings.number(Setting.FIELD_MAX);
    for (String name : Collections.list(request.getHeaderNames())) {
      List<String> values = Collections.list(request.getHeaders(name));
      long most = name.equalsIgnoreCase("If") ? mostOfIf : mostOfOthers;
      if (length(values) > most) {
        throw new DavException(
            Status.HEADER_FIELDS_TOO_LARGE, name + " is over " + most + " bytes");
      }
      lines.put(name, values);
    }
  }

  private static long length(List<String> values) {
    long length = 0;
    for (String value : values) {
      length += value.length();
    }
    return length;
  }

  boolean has(String name) {
    return lines.containsKey(name);
  }

  /** Whether the name of any begins with that, in any case. */
  boolean hasBeginning(String prefix) {
    String next = lines.ceilingKey(prefix);
    return next != null && next.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  private List<String> lines(String name) {
    return lines.getOrDefault(name, List.of());
  }

  /** The value of a field that may appear once; twice is a 400 (RFC 9110 §5.3). */
  Optional<String> single(String name) {
    List<String> values = lines(name);
    if (values.size() > 1) {
      throw DavException.badRequest(name + " appears more than once");
    }
    return values.stream().map(String::strip).findFirst();
  }

  /** The elements of a list-valued field, over all its lines; commas in quotes do not separate. */
  List<String> list(String name) {
    List<String> elements = new ArrayList<>();
    for (String line : lines(name)) {
      split(line, elements);
    }
    return elements;
  }

  private static void split(String line, List<String> elements) {
    boolean quoted = false;
    int from = 0;
    for (int i = 0; i <= line.length(); i++) {
      char c = i < line.length() ? line.charAt(i) : ',';
      quoted ^= c == '"';
      if (c == ',' && !quoted || i == line.length()) {
        String element = line.substring(from, i).strip();
        if (!element.isEmpty()) {
          elements.add(element);
        }
        from = i + 1;
      }
    }
  }
}
