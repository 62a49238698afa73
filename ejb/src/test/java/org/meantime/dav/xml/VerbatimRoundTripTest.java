package org.meantime.dav.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.meantime.dav.xml.Documents.stream;

import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.Status;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** What a client sets in a PROPPATCH it gets from a PROPFIND, seen by a parser that is not ours. */
class VerbatimRoundTripTest {
  private static final String HEAD =
      "<?xml version=\"1.0\"?><D:propertyupdate xmlns:D=\"DAV:\" xmlns:q=\"urn:q\" xml:lang=\"en\">"
          + "<D:set><D:prop xmlns:r=\"urn:r\">";
  private static final String TAIL = "</D:prop></D:set></D:propertyupdate>";

  static Stream<Arguments> properties() {
    return Stream.of(
        arguments("text", "<q:p>some text</q:p>"),
        arguments("empty", "<q:p/>"),
        arguments("empty, written long", "<q:p></q:p>"),
        arguments("white space alone", "<q:p> \n\t </q:p>"),
        arguments("no namespace", "<p>v</p>"),
        arguments("no namespace, said so", "<p xmlns=\"\">v</p>"),
        arguments("default namespace", "<p xmlns=\"urn:d\"><c/></p>"),
        arguments(
            "default namespace undone inside", "<p xmlns=\"urn:d\"><c xmlns=\"\"><e/></c><f/></p>"),
        arguments("default namespace of DAV:", "<p xmlns=\"DAV:\"><href>x</href></p>"),
        arguments("prefix D for another namespace", "<D:p xmlns:D=\"urn:notdav\"><D:c/></D:p>"),
        arguments("prefix D redeclared inside", "<q:p><D:c xmlns:D=\"urn:notdav\"/><D:c/></q:p>"),
        arguments(
            "prefix redeclared twice",
            "<q:p><q:c xmlns:q=\"urn:2\"><q:c xmlns:q=\"urn:q\"/></q:c></q:p>"),
        arguments("prefix declared on the element", "<s:p xmlns:s=\"urn:s\">v</s:p>"),
        arguments("prefix used in content only", "<q:p>r:value</q:p>"),
        arguments("prefix used in an attribute's value", "<q:p type=\"r:t\"/>"),
        arguments("attributes", "<q:p b=\"2\" a=\"1\" q:a=\"3\" D:a=\"4\"/>"),
        arguments("attribute in a namespace declared after", "<q:p s:a=\"1\" xmlns:s=\"urn:s\"/>"),
        arguments("attributes of one name, two namespaces", "<q:p q:a=\"1\" r:a=\"2\"/>"),
        arguments("namespace with markup", "<s:p xmlns:s=\"urn:&quot;&lt;&amp;>\"/>"),
        arguments("carriage return", "<q:p>a&#13;b&#xD;&#10;c</q:p>"),
        arguments("line ends", "<q:p>a\r\nb\nc\rd</q:p>"),
        arguments("white space in an attribute", "<q:p a=\"a&#9;b&#10;c&#13;d\te\nf\"/>"),
        arguments("quotes in an attribute", "<q:p a='\"' b=\"'\" c=\"&quot;&apos;\"/>"),
        arguments("markup in an attribute", "<q:p a=\"&lt;&gt;>&amp;&#60;\"/>"),
        arguments("markup in text", "<q:p>&lt;b&gt; &amp;amp; ]]&gt; &#38;lt;</q:p>"),
        arguments("CDATA", "<q:p><![CDATA[<b>&amp;]]]]><![CDATA[>]]></q:p>"),
        arguments("mixed content", "<q:p>a<q:b>b</q:b>c<r:d/> e </q:p>"),
        arguments("two levels of mixed content", "<q:p>\n <q:b>\n  <q:c/> x\n </q:b>\n</q:p>"),
        arguments("two bytes", "<q:p a=\"\u00e4\">\u00e4\u00a0</q:p>"),
        arguments("three bytes", "<q:p>\u20ac\ufeff\ufffd</q:p>"),
        arguments("supplementary", "<q:p a=\"\ud83d\ude00\">\ud83d\ude00&#x1F600;&#x10FFFF;</q:p>"),
        arguments("non-ASCII names", "<q:\u00e9l\u00e9ment \u00e0=\"1\"/>"),
        arguments("C1 controls", "<q:p>\u0085&#x85;\u2028</q:p>"),
        arguments("own language", "<q:p xml:lang=\"de\">v<q:c xml:lang=\"fr\"/></q:p>"),
        arguments("language undone", "<q:p xml:lang=\"\">v</q:p>"),
        arguments("xml:space", "<q:p xml:space=\"preserve\"> </q:p>"),
        arguments(
            "xml prefix declared", "<q:p xmlns:xml=\"http://www.w3.org/XML/1998/namespace\"/>"),
        arguments("name of xml", "<xml:p q:a=\"1\">v<xml:c/></xml:p>"),
        arguments("name of xml that is known", "<xml:lang xml:lang=\"de\">de</xml:lang>"),
        arguments("comment", "<q:p>a<!-- <b> -->c</q:p>"),
        arguments("processing instruction", "<q:p>a<?go on <b>?>c<?go?></q:p>"),
        arguments(
            "the placeholder itself", "<verbatim xmlns=\"urn:meantime:verbatim\">x</verbatim>"),
        arguments(
            "the placeholder inside",
            "<q:p><verbatim xmlns=\"urn:meantime:verbatim\">x</verbatim></q:p>"),
        arguments(
            "a property of the server's", "<D:lockdiscovery><D:activelock/></D:lockdiscovery>"),
        arguments("long names", "<q:p01234567890123456789012345678901234567890123456789/>"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("properties")
  void property_comesBackAsItWas(String row, String property) throws Exception {
    Element sent = only(Documents.parse((HEAD + property + TAIL).getBytes("UTF-8")));
    Property kept = kept(property);
    assertEquals(name(sent), kept.name());
    Element alone = Documents.parse(kept.xml().getBytes("UTF-8")).getDocumentElement();
    Element inResponse = only(Documents.parse(written(kept)));
    for (Element read : List.of(alone, inResponse)) {
      assertSameInfoset(sent, read);
      for (String prefix : List.of("D", "q", "r")) {
        assertEquals(sent.lookupNamespaceURI(prefix), read.lookupNamespaceURI(prefix), prefix);
      }
      assertEquals(sent.lookupNamespaceURI(null), read.lookupNamespaceURI(null));
      assertEquals(language(sent), language(read));
    }
  }

  @Test
  void textLargerThanAnyBuffer_comesBackAsItWas() throws Exception {
    StringBuilder text = new StringBuilder("<q:p>");
    for (int i = 0; i < 100_000; i++) {
      text.append(Character.toString(i % 3 == 0 ? 0x1F600 + i % 50 : 'a' + i % 26));
    }
    property_comesBackAsItWas("large", text.append("</q:p>").toString());
  }

  @Test
  void twoRoundTrips_areOne() {
    Property once = kept("<q:p a=\"&#10;\">a<!--b--><r:c/></q:p>");
    assertEquals(once, kept(once.xml()));
  }

  @Test
  void text_reachesTheWireUntouched() {
    String text = "<p  a = '1'\n>\u00e4 \ud83d\ude00 &#x26;<b></b ></p >";
    String written = Documents.text(written(new Property(new QName("p"), text)));
    assertTrue(written.contains("<D:prop>" + text + "</D:prop>"), written);
  }

  private static Property kept(String property) {
    List<PropertyUpdate> updates =
        DavXml.read(
                stream(HEAD + property + TAIL), new XmlLimits(1 << 20, 1_000), Propertyupdate.class)
            .get()
            .updates();
    assertEquals(1, updates.size());
    return ((PropertyUpdate.Set) updates.get(0)).property();
  }

  private static byte[] written(Property property) {
    Prop prop = new Prop(List.of(property));
    return Documents.multistatus(Response.of("/", List.of(Propstat.of(prop, Status.OK))));
  }

  private static Element only(Document document) {
    Node prop = document.getElementsByTagNameNS("DAV:", "prop").item(0);
    assertEquals(1, prop.getChildNodes().getLength());
    return (Element) prop.getFirstChild();
  }

  private static QName name(Node node) {
    String uri = node.getNamespaceURI() == null ? "" : node.getNamespaceURI();
    return new QName(uri, node.getLocalName());
  }

  private static String language(Node node) {
    for (Node at = node; at instanceof Element element; at = at.getParentNode()) {
      if (element.hasAttributeNS(XMLConstants.XML_NS_URI, "lang")) {
        return element.getAttributeNS(XMLConstants.XML_NS_URI, "lang");
      }
    }
    return "";
  }

  private static void assertSameInfoset(Node sent, Node read) {
    assertEquals(sent.getNodeType(), read.getNodeType());
    assertEquals(sent.getNodeName(), read.getNodeName());
    assertEquals(sent.getNodeValue(), read.getNodeValue());
    if (sent instanceof Element) {
      assertEquals(name(sent), name(read));
      assertSameAttributes((Element) sent, (Element) read);
    }
    Node other = read.getFirstChild();
    for (Node each = sent.getFirstChild(); each != null; each = each.getNextSibling()) {
      assertNotNull(other, each.getNodeName());
      assertSameInfoset(each, other);
      other = other.getNextSibling();
    }
    assertEquals(null, other);
  }

  /** Declarations and the language may be added, on the outermost element; nothing else may. */
  private static void assertSameAttributes(Element sent, Element read) {
    NamedNodeMap attributes = sent.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      Node attribute = attributes.item(i);
      if (isPlain(attribute)) {
        QName name = name(attribute);
        String uri = name.getNamespaceURI().isEmpty() ? null : name.getNamespaceURI();
        assertTrue(read.hasAttributeNS(uri, name.getLocalPart()), name.toString());
        assertEquals(attribute.getNodeValue(), read.getAttributeNS(uri, name.getLocalPart()));
      }
    }
    assertEquals(plainAttributes(sent), plainAttributes(read));
  }

  private static int plainAttributes(Element element) {
    int count = 0;
    for (int i = 0; i < element.getAttributes().getLength(); i++) {
      count += isPlain(element.getAttributes().item(i)) ? 1 : 0;
    }
    return count;
  }

  private static boolean isPlain(Node attribute) {
    return !XMLConstants.XMLNS_ATTRIBUTE_NS_URI.equals(attribute.getNamespaceURI())
        && !attribute.getNodeName().equals("xml:lang");
  }
}
