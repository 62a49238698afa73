package org.meantime.dav.xml;

/**
 * Character data as XML 1.0 text. A character that XML 1.0 §2.2 does not allow, even as a
 * reference, is replaced by U+FFFD: a name with a control character in it must not make the whole
 * response unreadable.
 */
final class Escape {
  private static final char REPLACEMENT = '\uFFFD';

  private Escape() {}

  /** As element content; a carriage return survives as a reference. */
  static void text(String text, StringBuilder out) {
    escape(text, false, out);
  }

  /** As an attribute value in double quotes; white space survives as references. */
  static void attribute(String text, StringBuilder out) {
    escape(text, true, out);
  }

  private static void escape(String text, boolean attribute, StringBuilder out) {
    int length = text.length();
    int done = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isPlain(c) && !(attribute && c == '"')) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        i++;
        continue;
      }
      out.append(text, done, i);
      special(c, attribute, out);
      done = i + 1;
    }
    if (done == 0) {
      out.append(text);
    } else {
      out.append(text, done, length);
    }
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0xD800 && c != '<' && c != '>' && c != '&' || c > 0xDFFF && c < 0xFFFE;
  }

  private static void special(char c, boolean attribute, StringBuilder out) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\r' -> out.append("&#13;");
      case '\n' -> out.append(attribute ? "&#10;" : "\n");
      case '\t' -> out.append(attribute ? "&#9;" : "\t");
      default -> out.append(REPLACEMENT);
    }
  }
}
