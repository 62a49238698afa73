package org.meantime.dav.web;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;

/** Parses the conditional header fields (RFC 9110 §13.1, RFC 4918 §10.4). */
final class ConditionsParser {
  /** RFC 9110 §5.6.7: IMF-fixdate, and the two obsolete forms a recipient must take. */
  private static final List<DateTimeFormatter> DATES =
      List.of(
          DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss 'GMT'", Locale.ENGLISH),
          new DateTimeFormatterBuilder()
              .appendPattern("EEEE, dd-MMM-")
              .appendValueReduced(ChronoField.YEAR, 2, 2, 1970)
              .appendPattern(" HH:mm:ss 'GMT'")
              .toFormatter(Locale.ENGLISH),
          DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss uuuu", Locale.ENGLISH));

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

  private Optional<TagList> tags(String name) {
    List<String> elements = fields.list(name);
    if (elements.equals(List.of("*"))) {
      return Optional.of(new TagList(true, List.of()));
    }
    return elements.isEmpty()
        ? Optional.empty()
        : Optional.of(new TagList(false, elements.stream().map(EntityTag::parse).toList()));
  }

  /** RFC 9110 §13.1.3, §13.1.4: a recipient MUST ignore the field if it is not a valid date. */
  private Optional<Instant> date(String name) {
    String text = String.join(", ", fields.list(name)); // a date holds a comma
    if (text.isEmpty()) {
      return Optional.empty();
    }
    for (DateTimeFormatter format : DATES) {
      try {
        return Optional.of(LocalDateTime.parse(text, format).toInstant(ZoneOffset.UTC));
      } catch (DateTimeParseException e) {
        // the next form, or none
      }
    }
    return Optional.empty();
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
