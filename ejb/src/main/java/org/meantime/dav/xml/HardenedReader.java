package org.meantime.dav.xml;

import java.io.Reader;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.util.StreamReaderDelegate;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;

/**
 * A namespace-aware reader that refuses what no WebDAV client needs: DOCTYPE, XML 1.1, and shapes
 * that cost more than their size. Always the JDK's own parser, whatever the container prefers.
 */
final class HardenedReader extends StreamReaderDelegate {
  /** How deep elements may nest; clients need about five, dead properties a few more. */
  static final int MAX_DEPTH = 100;

  /** How many attributes and namespace declarations an element may have. */
  static final int MAX_ATTRIBUTES = 100;

  /** How many elements a document may have; a PROPPATCH of a thousand properties is rare. */
  static final int MAX_ELEMENTS = 10_000;

  private static final XMLInputFactory FACTORY = factory(); // it takes longer than many a body

  private int depth;
  private int elements;

  HardenedReader(Reader in) throws XMLStreamException {
    super(FACTORY.createXMLStreamReader(in));
    if ("1.1".equals(getVersion())) {
      throw DavException.badRequest("the body is not XML 1.0");
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    // Without support the JDK passes over a DOCTYPE without a look at it; next() refuses it.
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    return factory;
  }

  @Override
  public int next() throws XMLStreamException {
    int event = super.next();
    switch (event) {
      case START_ELEMENT -> checkElement();
      case END_ELEMENT -> depth--;
      case PROCESSING_INSTRUCTION -> checkName(getPITarget());
      case DTD, ENTITY_REFERENCE ->
          throw new DavException(Status.FORBIDDEN, Precondition.NO_EXTERNAL_ENTITIES, List.of());
      default -> {}
    }
    return event;
  }

  private void checkElement() {
    if (++depth > MAX_DEPTH) {
      throw DavException.badRequest("the elements of the body nest too deep");
    }
    if (++elements > MAX_ELEMENTS) {
      throw DavException.badRequest("the body has too many elements");
    }
    if (getAttributeCount() + getNamespaceCount() > MAX_ATTRIBUTES) {
      throw DavException.badRequest("an element of the body has too many attributes");
    }
    checkName(getLocalName());
    for (int i = 0; i < getAttributeCount(); i++) {
      checkName(getAttributeLocalName(i));
    }
  }

  private static void checkName(String local) {
    // Namespaces in XML 1.0 §7: the JDK lets a name pass that begins with a colon.
    if (local.indexOf(':') >= 0) {
      throw DavException.badRequest("a name in the body has a colon too many");
    }
  }

  /** Goes from the start of an element to its end. */
  void skipElement() throws XMLStreamException {
    int outside = depth - 1;
    while (depth > outside) {
      next();
    }
  }
}
