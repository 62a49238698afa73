package org.meantime.dav.store.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;

/**
 * Dead properties as one text, in order: namespace, local name and XML of each, apart by characters
 * that XML cannot hold.
 */
final class PropertyText {
  private static final char PART = '\u001f';
  private static final char END = '\u001e';

  private PropertyText() {}

  static List<Property> parse(String text) {
    List<Property> properties = new ArrayList<>();
    for (int from = 0; from < text.length(); ) {
      int local = text.indexOf(PART, from) + 1;
      int xml = text.indexOf(PART, local) + 1;
      int end = text.indexOf(END, xml);
      QName name = new QName(text.substring(from, local - 1), text.substring(local, xml - 1));
      properties.add(new Property(name, text.substring(xml, end)));
      from = end + 1;
    }
    return properties;
  }

  /** The text after the updates. */
  static String update(String text, List<PropertyUpdate> updates) {
    return PropertyUpdate.apply(parse(text), updates).stream()
        .map(PropertyText::format)
        .collect(Collectors.joining());
  }

  private static String format(Property property) {
    QName name = property.name();
    return name.getNamespaceURI() + PART + name.getLocalPart() + PART + property.xml() + END;
  }
}
