package org.meantime.dav.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What JAXB writes to: UTF-8, the prefix D declared once on the outermost element, {@link Verbatim}
 * content copied as it is. Only elements of {@code DAV:} without attributes come here otherwise.
 */
final class XmlOutput extends DefaultHandler {
  private static final int BUFFER = 8192;

  private final OutputStream out;
  private final StringBuilder buffer = new StringBuilder(BUFFER + BUFFER / 4);
  private int depth;
  private boolean open;
  private boolean verbatim;

  XmlOutput(OutputStream out) {
    this.out = out;
    buffer.append("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
  }

  void start(String name) {
    closeTag();
    buffer.append("<D:").append(name);
    if (depth++ == 0) {
      buffer.append(" xmlns:D=\"").append(DavXml.NAMESPACE).append('"');
    }
    open = true;
  }

  void end(String name) {
    depth--;
    if (open) {
      buffer.append("/>");
      open = false;
    } else {
      buffer.append("</D:").append(name).append('>');
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

  @Override
  public void startElement(String uri, String name, String qualified, Attributes attributes) {
    verbatim = uri.equals(Verbatim.NAMESPACE);
    if (!verbatim) {
      start(name);
    }
  }

  @Override
  public void endElement(String uri, String name, String qualified) {
    if (verbatim) {
      verbatim = false;
    } else {
      end(name);
    }
  }

  @Override
  public void characters(char[] text, int from, int length) {
    if (length == 0) {
      return;
    }
    closeTag();
    if (verbatim) {
      buffer.append(text, from, length);
    } else {
      Escape.text(new String(text, from, length), buffer);
    }
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
