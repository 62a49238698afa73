package org.meantime.dav;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;

/** One instruction of a PROPPATCH; the order of instructions matters (RFC 4918 §9.2). */
public sealed interface PropertyUpdate {
  /** The property concerned. */
  QName name();

  /** Set the property, replacing a value it has. */
  record Set(Property property) implements PropertyUpdate {
    @Override
    public QName name() {
      return property.name();
    }
  }

  /** Remove the property; removing one that is not there is not an error. */
  record Remove(QName name) implements PropertyUpdate {}

  /** What the updates make of those properties; one that is set again keeps its place. */
  static List<Property> apply(List<Property> properties, List<PropertyUpdate> updates) {
    Map<PropertyName, Property> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(PropertyName.of(property.name()), property));
    for (PropertyUpdate update : updates) {
      PropertyName name = PropertyName.of(update.name());
      if (update instanceof Set set) {
        byName.put(name, set.property());
      } else {
        byName.remove(name);
      }
    }
    return List.copyOf(byName.values());
  }
}
