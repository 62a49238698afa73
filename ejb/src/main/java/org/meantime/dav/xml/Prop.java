package org.meantime.dav.xml;

import jakarta.xml.bind.JAXBElement;
import jakarta.xml.bind.annotation.XmlAnyElement;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;

/** {@code DAV:prop} (RFC 4918 §14.18): properties, or the names of properties. */
@XmlRootElement(name = "prop")
public final class Prop {
  @XmlAnyElement(lax = true)
  private List<Object> values = new ArrayList<>();

  private Prop() {}

  /**
   * Properties in that order. Each is a {@link Property}, whose text is written as it is, a {@link
   * QName}, for a name alone, what {@link #text} returned, or an element of this package: {@link
   * Resourcetype}, {@link Lockdiscovery}, {@link Supportedlock}.
   */
  public Prop(List<?> values) {
    for (Object value : values) {
      this.values.add(bound(value));
    }
  }

  /** A property whose value is text. */
  public static Object text(QName name, String text) {
    return element(name, text);
  }

  /** The name of a property alone, to be put into as many of these as one likes. */
  public static Object bare(QName name) {
    return element(name, "");
  }

  /** Roughly, how many characters are in its properties that clients have set. */
  int size() {
    int size = 0;
    for (Object value : values) {
      if (value instanceof Verbatim verbatim) {
        size += verbatim.xml().length();
      } else if (value instanceof Lockdiscovery locks) {
        size += locks.size();
      }
    }
    return size;
  }

  private static Object bound(Object value) {
    if (value instanceof Property property) {
      return new Verbatim(property.xml());
    }
    if (value instanceof QName name) {
      return bare(name);
    }
    return value;
  }

  private static Object element(QName name, String text) {
    Objects.requireNonNull(text);
    return name.getNamespaceURI().equals(DavXml.NAMESPACE)
        ? new JAXBElement<>(name, String.class, text)
        : Verbatim.element(name, text);
  }

  /** The names of the properties of a request, in its order. */
  public List<QName> names() {
    return verbatim().stream().map(Verbatim::name).toList();
  }

  /** The properties of a request, in its order. */
  public List<Property> properties() {
    return verbatim().stream().map(Verbatim::property).toList();
  }

  private List<Verbatim> verbatim() {
    return values.stream().map(Verbatim.class::cast).toList();
  }
}
