package org.meantime.dav.xml;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The tags of an element of {@code DAV:}, put together once and not for each member of a listing.
 *
 * @param start without the bracket at its end
 */
record Tag(String start, String end) {
  /** More than there are names of ours: clients ask for others, which need not be kept. */
  private static final int MOST = 200;

  private static final Map<String, Tag> KNOWN = new ConcurrentHashMap<>();

  static Tag of(String name) {
    Tag known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    Tag tag = new Tag("<D:" + name, "</D:" + name + '>');
    if (KNOWN.size() < MOST) {
      KNOWN.put(name, tag);
    }
    return tag;
  }
}
