package org.meantime.dav.xml;

/** Text in a page for people. */
public final class Html {
  private Html() {}

  /** As element content, or as an attribute value in double quotes. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
