package org.meantime.dav;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.UUID;

/** A lock token: an absolute URI (RFC 4918 §6.5), ours a {@code urn:uuid:} nobody can guess. */
public record LockToken(String uri) implements Comparable<LockToken> {
  /** A new token of 122 random bits from a strong source. */
  public static LockToken random() {
    return new LockToken("urn:uuid:" + UUID.randomUUID());
  }

  /**
   * Parses a Coded-URL, {@code <uri>}, as in the Lock-Token header, where the widespread client of
   * npm leaves the brackets out; anything else is a 400.
   */
  public static LockToken parse(String codedUrl) {
    String text = codedUrl.strip();
    boolean coded = text.length() > 2 && text.startsWith("<") && text.endsWith(">");
    String uri = coded ? text.substring(1, text.length() - 1) : text;
    if (!isAbsoluteUri(uri)) {
      throw DavException.badRequest("a lock token is an absolute URI in angle brackets");
    }
    return new LockToken(uri);
  }

  /** By text: a table of tokens whose clients chose them to have one hash stays quick. */
  @Override
  public int compareTo(LockToken other) {
    return uri.compareTo(other.uri);
  }

  static boolean isAbsoluteUri(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /** The Coded-URL form. */
  @Override
  public String toString() {
    return "<" + uri + ">";
  }
}
