package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlAttribute;
import jakarta.xml.bind.annotation.XmlRootElement;
import jakarta.xml.bind.annotation.XmlValue;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;

/**
 * A whole element as text, in the place where the element stands. The reader puts one in place of
 * each element it keeps verbatim, the writer writes the text in place of it: the element {@code
 * verbatim} itself is never on the wire.
 */
@XmlRootElement(name = Verbatim.LOCAL_NAME, namespace = Verbatim.NAMESPACE)
final class Verbatim {
  static final String NAMESPACE = "urn:meantime:verbatim";
  static final String LOCAL_NAME = "verbatim";

  @XmlAttribute private String namespace;
  @XmlAttribute private String name;
  @XmlValue private String xml;

  private Verbatim() {}

  Verbatim(String xml) {
    this.xml = xml;
  }

  /** An element with that text, which declares its own namespace. */
  static Verbatim element(QName name, String text) {
    String namespace = name.getNamespaceURI();
    // Namespaces in XML §3: no other prefix than xml may be bound to its namespace
    boolean xmlItself = namespace.equals(XMLConstants.XML_NS_URI);
    boolean declared = !namespace.isEmpty() && !xmlItself;
    String tag = (declared ? "x:" : xmlItself ? "xml:" : "") + name.getLocalPart();
    StringBuilder xml = new StringBuilder(64).append('<').append(tag);
    if (declared) {
      xml.append(" xmlns:x=\"");
      Escape.attribute(namespace, xml);
      xml.append('"');
    }
    if (text.isEmpty()) {
      return new Verbatim(xml.append("/>").toString());
    }
    Escape.text(text, xml.append('>'));
    return new Verbatim(xml.append("</").append(tag).append('>').toString());
  }

  QName name() {
    return new QName(namespace, name);
  }

  String xml() {
    return xml;
  }

  Property property() {
    return new Property(name(), xml);
  }
}
