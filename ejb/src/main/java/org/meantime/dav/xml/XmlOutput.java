package org.meantime.dav.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Elements of {@code DAV:}, without attributes, in UTF-8, with the prefix D declared once on the
 * outermost, and between them XML that is copied as it is.
 */
final class XmlOutput {
  private static final int SHORT = 1024;

  /** How many characters are handed on at once. */
  private static final int BUFFER = 32 * 1024;

  private final OutputStream out;
  private final StringBuilder buffer = new StringBuilder(SHORT);
  private int depth;
  private boolean open;

  XmlOutput(OutputStream out) {
    this.out = out;
    buffer.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
  }

  void start(Tag tag) {
    closeTag();
    buffer.append(tag.start());
    if (depth++ == 0) {
      buffer.append(" xmlns:D=\"").append(DavXml.NAMESPACE).append('"');
    }
    open = true;
  }

  void end(Tag tag) {
    depth--;
    if (open) {
      buffer.append("/>");
      open = false;
    } else {
      buffer.append(tag.end());
    }
    if (buffer.length() >= BUFFER) {
      drain();
    }
  }

  /** White space between elements. */
  void newline() {
    closeTag();
    buffer.append('\n');
  }

  /** Hands on all that was written so far. */
  void flush() {
    closeTag();
    drain();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void text(String text) {
    if (!text.isEmpty()) {
      closeTag();
      Escape.text(text, buffer);
    }
  }

  /** A whole element, as it is. */
  void verbatim(String xml) {
    closeTag();
    buffer.append(xml);
  }

  private void closeTag() {
    if (open) {
      buffer.append('>');
      open = false;
    }
  }

  private void drain() {
    try {
      out.write(buffer.toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    buffer.setLength(0);
  }
}
