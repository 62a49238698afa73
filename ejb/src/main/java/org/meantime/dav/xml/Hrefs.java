package org.meantime.dav.xml;

import java.util.List;

/** An element that holds nothing but {@code DAV:href} elements (RFC 4918 §14.7). */
final class Hrefs {
  private List<String> href;

  private Hrefs() {}

  Hrefs(List<String> hrefs) {
    this.href = List.copyOf(hrefs);
  }
}
