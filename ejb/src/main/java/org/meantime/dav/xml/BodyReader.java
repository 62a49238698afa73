package org.meantime.dav.xml;

import jakarta.xml.bind.UnmarshallerHandler;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.AttributesImpl;

/**
 * Feeds JAXB the elements of {@code DAV:} that a request may hold, and in place of each property
 * and lock owner a {@link Verbatim}. RFC 4918 §17: elements it does not know are passed over.
 */
final class BodyReader {
  private static final Set<String> NAMES =
      Set.of("/propfind/prop", "/propfind/include", "/propertyupdate/remove/prop");
  private static final String VALUES = "/propertyupdate/set/prop";
  private static final String OWNER = "/lockinfo/owner";

  /** No element that means something lies deeper, properties and owners aside. */
  private static final int MAX_MEANINGFUL_DEPTH = 3;

  /** The longest local name, and the longest namespace, of a property, in bytes. */
  private static final int MAX_NAME_BYTES = 255;

  /** How much more text than bytes may be sent the properties of a body may come to. */
  private static final int MAX_GROWTH = 8;

  private static final Attributes NONE = new AttributesImpl();

  private final HardenedReader in;
  private final UnmarshallerHandler out;
  private final XmlLimits limits;
  private long text;
  private long names;

  /** A reader of one body. */
  BodyReader(HardenedReader in, UnmarshallerHandler out, XmlLimits limits) {
    this.in = in;
    this.out = out;
    this.limits = limits;
  }

  /** Reads the whole document, whose root is the element {@code root} of {@code DAV:}. */
  void read(String root) throws XMLStreamException, SAXException {
    out.startDocument();
    while (in.next() != XMLStreamReader.END_DOCUMENT) {
      if (in.isStartElement()) {
        if (!isDav() || !in.getLocalName().equals(root)) {
          throw DavException.badRequest("the body of this method is a DAV:" + root);
        }
        element(InScope.DOCUMENT, 1);
      }
    }
    out.endDocument();
  }

  private boolean isDav() {
    return DavXml.NAMESPACE.equals(in.getNamespaceURI());
  }

  private void element(InScope parent, int depth) throws XMLStreamException, SAXException {
    if (NAMES.contains(parent.path())) {
      name();
    } else if (parent.path().equals(VALUES)) {
      verbatim(propertyName(), parent.inside(in));
    } else if (isDav() && depth <= MAX_MEANINGFUL_DEPTH) {
      InScope scope = parent.inside(in);
      if (scope.path().equals(OWNER)) {
        verbatim(nameAttributes(), scope);
      } else {
        meaningful(scope, depth);
      }
    } else {
      in.skipElement();
    }
  }

  private void meaningful(InScope scope, int depth) throws XMLStreamException, SAXException {
    String name = in.getLocalName();
    out.startElement(DavXml.NAMESPACE, name, name, NONE);
    while (in.next() != XMLStreamReader.END_ELEMENT) {
      if (in.isStartElement()) {
        element(scope, depth + 1);
      }
    }
    out.endElement(DavXml.NAMESPACE, name, name);
  }

  private void name() throws XMLStreamException, SAXException {
    Attributes name = propertyName();
    in.skipElement();
    emit(name, "");
  }

  private void verbatim(Attributes name, InScope scope) throws XMLStreamException, SAXException {
    String xml = VerbatimCopy.of(in, scope);
    text += xml.length();
    // Namespaces declared once are repeated in every property.
    if (text > limits.bytes() * MAX_GROWTH) {
      throw DavException.badRequest("the body repeats too much in its properties");
    }
    emit(name, xml);
  }

  /** Each is told of in the answer, for each resource of a PROPFIND. */
  private Attributes propertyName() {
    if (++names > limits.names()) {
      throw forbidden("the body names over " + limits.names() + " properties");
    }
    if (isLong(in.getLocalName()) || isLong(InScope.orEmpty(in.getNamespaceURI()))) {
      throw forbidden("a property has a name or a namespace over " + MAX_NAME_BYTES + " bytes");
    }
    return nameAttributes();
  }

  private static boolean isLong(String name) {
    return name.length() > MAX_NAME_BYTES
        || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
  }

  private static DavException forbidden(String reason) {
    return new DavException(Status.FORBIDDEN, reason);
  }

  private Attributes nameAttributes() {
    AttributesImpl attributes = new AttributesImpl();
    String namespace = InScope.orEmpty(in.getNamespaceURI());
    attributes.addAttribute("", "namespace", "namespace", "CDATA", namespace);
    attributes.addAttribute("", "name", "name", "CDATA", in.getLocalName());
    return attributes;
  }

  private void emit(Attributes name, String xml) throws SAXException {
    out.startElement(Verbatim.NAMESPACE, Verbatim.LOCAL_NAME, Verbatim.LOCAL_NAME, name);
    out.characters(xml.toCharArray(), 0, xml.length());
    out.endElement(Verbatim.NAMESPACE, Verbatim.LOCAL_NAME, Verbatim.LOCAL_NAME);
  }
}
