package org.meantime.dav.request;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.ResourcePath;

/**
 * The conditional header fields of a request (RFC 9110 §13, RFC 4918 §10.4).
 *
 * @param ifMatch present where the field was
 * @param ifNoneMatch present where the field was
 * @param ifUnmodifiedSince present where the field was and held a date
 * @param ifModifiedSince present where the field was and held a date
 * @param ifHeader the If header, or {@link IfHeader#NONE}
 * @param tagged the paths that the resource tags of {@code ifHeader} name; a tag that is not in
 *     here names a resource of another server, of which no condition holds
 */
public record Conditions(
    Optional<TagList> ifMatch,
    Optional<TagList> ifNoneMatch,
    Optional<Instant> ifUnmodifiedSince,
    Optional<Instant> ifModifiedSince,
    IfHeader ifHeader,
    Map<String, ResourcePath> tagged) {

  /** A request without conditions. */
  public static final Conditions NONE =
      new Conditions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          IfHeader.NONE,
          Map.of());

  /**
   * The value of If-Match or If-None-Match.
   *
   * @param any true for {@code *}
   * @param tags the tags otherwise
   */
  public record TagList(boolean any, List<EntityTag> tags) {}
}
