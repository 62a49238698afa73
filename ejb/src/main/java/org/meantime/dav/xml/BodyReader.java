package org.meantime.dav.xml;

import jakarta.xml.bind.UnmarshallerHandler;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.meantime.dav.DavException;
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

  private static final Attributes NONE = new AttributesImpl();

  private final HardenedReader in;
  private final UnmarshallerHandler out;
  private final long maxText;
  private long text;

  /**
   * A reader of one body.
   *
   * @param maxText the most characters of verbatim text: namespaces declared once are repeated in
   *     every property, so that a small body could ask for a lot of memory
   */
  BodyReader(HardenedReader in, UnmarshallerHandler out, long maxText) {
    this.in = in;
    this.out = out;
    this.maxText = maxText;
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
      verbatim(parent.inside(in));
    } else if (isDav() && depth <= MAX_MEANINGFUL_DEPTH) {
      InScope scope = parent.inside(in);
      if (scope.path().equals(OWNER)) {
        verbatim(scope);
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
    Attributes name = nameAttributes();
    in.skipElement();
    emit(name, "");
  }

  private void verbatim(InScope scope) throws XMLStreamException, SAXException {
    Attributes name = nameAttributes();
    String xml = VerbatimCopy.of(in, scope);
    text += xml.length();
    if (text > maxText) {
      throw DavException.badRequest("the body repeats too much in its properties");
    }
    emit(name, xml);
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
