package org.meantime.dav;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import javax.xml.namespace.QName;

/**
 * A dead property: its name, and the whole property element as XML text that stands on its own. The
 * text declares every namespace that was in scope where the client wrote it, carries the {@code
 * xml:lang} in force there, and is otherwise kept verbatim (RFC 4918 §4.3).
 */
public record Property(QName name, String xml) {
  public Property {
    Objects.requireNonNull(name);
    Objects.requireNonNull(xml);
  }

  /** How many bytes of UTF-8 its text has. */
  public int bytes() {
    return utf8(xml);
  }

  /** How many it takes to keep: its name and its text. */
  public int bytesInAll() {
    return utf8(name.getNamespaceURI()) + utf8(name.getLocalPart()) + bytes();
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
