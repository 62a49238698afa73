package org.meantime.it.http;

import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.namespace.NamespaceContext;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * An XML document asked with XPath 1.0, where {@code D} is {@code DAV:} and {@code Z} is {@code
 * urn:z}, a namespace for dead properties of tests.
 */
public record Xml(Document document) {
  private static final NamespaceContext PREFIXES =
      new NamespaceContext() {
        @Override
        public String getNamespaceURI(String prefix) {
          return switch (prefix) {
            case "D" -> "DAV:";
            case "Z" -> "urn:z";
            case "xml" -> XMLConstants.XML_NS_URI;
            default -> XMLConstants.NULL_NS_URI;
          };
        }

        @Override
        public String getPrefix(String uri) {
          throw new UnsupportedOperationException();
        }

        @Override
        public Iterator<String> getPrefixes(String uri) {
          throw new UnsupportedOperationException();
        }
      };

  public static Xml parse(byte[] body) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
      return new Xml(factory.newDocumentBuilder().parse(new ByteArrayInputStream(body)));
    } catch (Exception e) {
      throw new AssertionError("not XML: " + e.getMessage() + "\n" + new String(body), e);
    }
  }

  /** The text of the first node the path selects; empty where it selects none. */
  public String text(String path) {
    try {
      return xpath().evaluate(path, document);
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  /** The text of every node the path selects, in the order of the document. */
  public List<String> texts(String path) {
    return nodes(path).stream().map(Node::getTextContent).toList();
  }

  public int count(String path) {
    return nodes(path).size();
  }

  public boolean has(String path) {
    return count(path) > 0;
  }

  /** The nodes the path selects. */
  public List<Node> nodes(String path) {
    try {
      NodeList found = (NodeList) xpath().evaluate(path, document, XPathConstants.NODESET);
      List<Node> nodes = new ArrayList<>();
      for (int i = 0; i < found.getLength(); i++) {
        nodes.add(found.item(i));
      }
      return nodes;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  private static XPath xpath() {
    XPath xpath = XPathFactory.newDefaultInstance().newXPath();
    xpath.setNamespaceContext(PREFIXES);
    return xpath;
  }
}
