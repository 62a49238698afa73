package org.meantime.dav.xml;

import static org.meantime.dav.xml.InScope.orEmpty;

import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Writes an element down as text that means the same anywhere (RFC 4918 §4.3): with the prefixes it
 * had, every namespace that was in scope and the language in force. CDATA sections become text.
 */
final class VerbatimCopy {
  private final XMLStreamReader in;
  private final StringBuilder out = new StringBuilder();
  private boolean open;

  private VerbatimCopy(XMLStreamReader in) {
    this.in = in;
  }

  /** Copies from the start of an element, where the reader is, to its end. */
  static String of(XMLStreamReader in, InScope scope) throws XMLStreamException {
    VerbatimCopy copy = new VerbatimCopy(in);
    copy.root(scope);
    for (int depth = 1; depth > 0; ) {
      int event = in.next();
      copy.event(event);
      depth += event == XMLStreamReader.START_ELEMENT ? 1 : 0;
      depth -= event == XMLStreamReader.END_ELEMENT ? 1 : 0;
    }
    return copy.out.toString();
  }

  private void root(InScope scope) {
    startTag();
    for (Map.Entry<String, String> namespace : scope.namespaces().entrySet()) {
      if (!namespace.getValue().isEmpty()) {
        declaration(namespace.getKey(), namespace.getValue());
      }
    }
    if (in.getAttributeValue(XMLConstants.XML_NS_URI, "lang") == null && !scope.lang().isEmpty()) {
      attribute("xml:lang", scope.lang());
    }
    attributes();
  }

  private void event(int event) {
    if (open && event != XMLStreamReader.END_ELEMENT) {
      out.append('>');
      open = false;
    }
    switch (event) {
      case XMLStreamReader.START_ELEMENT -> {
        startTag();
        for (int i = 0; i < in.getNamespaceCount(); i++) {
          declaration(orEmpty(in.getNamespacePrefix(i)), orEmpty(in.getNamespaceURI(i)));
        }
        attributes();
      }
      case XMLStreamReader.END_ELEMENT -> endTag();
      case XMLStreamReader.COMMENT -> out.append("<!--").append(in.getText()).append("-->");
      case XMLStreamReader.PROCESSING_INSTRUCTION -> instruction();
      default -> Escape.text(in.getText(), out);
    }
  }

  private void startTag() {
    out.append('<').append(qualified(in.getPrefix(), in.getLocalName()));
    open = true;
  }

  private void endTag() {
    if (open) {
      out.append("/>");
      open = false;
    } else {
      out.append("</").append(qualified(in.getPrefix(), in.getLocalName())).append('>');
    }
  }

  private void declaration(String prefix, String uri) {
    attribute(prefix.isEmpty() ? "xmlns" : "xmlns:" + prefix, uri);
  }

  private void attributes() {
    for (int i = 0; i < in.getAttributeCount(); i++) {
      String name = qualified(in.getAttributePrefix(i), in.getAttributeLocalName(i));
      attribute(name, in.getAttributeValue(i));
    }
  }

  private void attribute(String name, String value) {
    out.append(' ').append(name).append("=\"");
    Escape.attribute(value, out);
    out.append('"');
  }

  private void instruction() {
    String data = orEmpty(in.getPIData());
    out.append("<?").append(in.getPITarget());
    out.append(data.isEmpty() ? "" : " ").append(data).append("?>");
  }

  private static String qualified(String prefix, String name) {
    return orEmpty(prefix).isEmpty() ? name : prefix + ":" + name;
  }
}
