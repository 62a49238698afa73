package org.meantime.dav;

import java.util.Locale;

/** The values of the Depth header (RFC 4918 §10.2). */
public enum Depth {
  ZERO("0"),
  ONE("1"),
  INFINITY("infinity");

  private final String text;

  Depth(String text) {
    this.text = text;
  }

  /** Parses a header value; anything but 0, 1 and infinity (in any case) is a 400. */
  public static Depth parse(String text) {
    return switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "0" -> ZERO;
      case "1" -> ONE;
      case "infinity" -> INFINITY;
      default -> throw DavException.badRequest("Depth is 0, 1 or infinity");
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
