package org.meantime.dav.web;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meantime.dav.Dates;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;

/** Parses the conditional header fields (RFC 9110 §13.1, RFC 4918 §10.4). */
final class ConditionsParser {
  private final Fields fields;
  private final Location location;

  ConditionsParser(Fields fields, Location location) {
    this.fields = fields;
    this.location = location;
  }

  Conditions parse() {
    IfHeader ifHeader =
        fields.single("If").map(Location::escaped).map(IfHeader::parse).orElse(IfHeader.NONE);
    return new Conditions(
        tags("If-Match"),
        tags("If-None-Match"),
        date("If-Unmodified-Since"),
        date("If-Modified-Since"),
        ifHeader,
        tagged(ifHeader));
  }

  /** A tag that is none matches nothing; a star means all or nothing of a list, so stands alone. */
  private Optional<TagList> tags(String name) {
    if (!fields.has(name)) {
      return Optional.empty();
    }
    List<String> elements = fields.list(name);
    boolean any = elements.contains("*");
    if (any && elements.size() > 1) {
      throw DavException.badRequest(name + " is a star or a list of entity tags");
    }
    List<EntityTag> tags =
        elements.stream().flatMap(element -> EntityTag.find(element).stream()).toList();
    return Optional.of(new TagList(any, tags));
  }

  /** RFC 9110 §13.1.3, §13.1.4: a recipient MUST ignore the field if it is not a valid date. */
  private Optional<Instant> date(String name) {
    String text = String.join(", ", fields.list(name)); // a date holds a comma
    return Dates.parseHttp(text);
  }

  /** The paths of the resource tags; a tag that names nothing of ours is left out. */
  Map<String, ResourcePath> tagged(IfHeader ifHeader) {
    Map<String, ResourcePath> paths = new HashMap<>();
    for (IfHeader.ConditionList list : ifHeader.lists()) {
      if (!list.resource().isEmpty()) {
        resolve(list.resource()).ifPresent(path -> paths.put(list.resource(), path));
      }
    }
    return paths;
  }

  private Optional<ResourcePath> resolve(String tag) {
    try {
      return location.resolve(tag);
    } catch (DavException e) {
      if (e.status() != Status.BAD_REQUEST) {
        throw e;
      }
      return Optional.empty(); // a URL that cannot be one of ours: no condition holds of it
    }
  }
}
