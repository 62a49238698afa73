package org.meantime.dav.xml;

import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamReader;

/**
 * What an element has from its ancestors and itself.
 *
 * @param path the local names from the root down, each after a slash
 * @param namespaces the prefixes declared, the empty one for the default namespace
 * @param lang the {@code xml:lang} in force, or the empty string
 */
record InScope(String path, Map<String, String> namespaces, String lang) {
  static final InScope DOCUMENT = new InScope("", Map.of(), "");

  /** The scope of the element the reader is at, a child of the one this scope is of. */
  InScope inside(XMLStreamReader in) {
    Map<String, String> all = new LinkedHashMap<>(namespaces);
    for (int i = 0; i < in.getNamespaceCount(); i++) {
      all.put(orEmpty(in.getNamespacePrefix(i)), orEmpty(in.getNamespaceURI(i)));
    }
    String own = in.getAttributeValue(XMLConstants.XML_NS_URI, "lang");
    return new InScope(path + "/" + in.getLocalName(), all, own == null ? lang : own);
  }

  static String orEmpty(String text) {
    return text == null ? "" : text;
  }
}
