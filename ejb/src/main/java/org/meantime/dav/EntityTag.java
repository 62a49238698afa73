package org.meantime.dav;

import java.util.Optional;

/** An entity tag (RFC 9110 §8.8.3). */
public record EntityTag(String opaque, boolean weak) {
  /** A strong tag. */
  public static EntityTag strong(String opaque) {
    return new EntityTag(opaque, false);
  }

  /** Parses {@code "x"} or {@code W/"x"}; anything else is a 400. */
  public static EntityTag parse(String text) {
    return find(text)
        .orElseThrow(() -> DavException.badRequest("an entity tag is a quoted string"));
  }

  /** The entity tag that the text is; empty where it is none, and so matches nothing. */
  public static Optional<EntityTag> find(String text) {
    String tag = text.strip();
    boolean weak = tag.startsWith("W/");
    String quoted = weak ? tag.substring(2) : tag;
    if (quoted.length() < 2
        || !quoted.startsWith("\"")
        || !quoted.endsWith("\"")
        || quoted.indexOf('"', 1) != quoted.length() - 1) {
      return Optional.empty();
    }
    return Optional.of(new EntityTag(quoted.substring(1, quoted.length() - 1), weak));
  }

  /** The strong comparison: equal and neither is weak. */
  public boolean matchesStrongly(EntityTag other) {
    return !weak && !other.weak && opaque.equals(other.opaque);
  }

  /** The weak comparison: equal but for weakness. */
  public boolean matchesWeakly(EntityTag other) {
    return opaque.equals(other.opaque);
  }

  @Override
  public String toString() {
    return (weak ? "W/\"" : "\"") + opaque + "\"";
  }
}
