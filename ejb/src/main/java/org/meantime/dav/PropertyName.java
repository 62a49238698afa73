package org.meantime.dav;

import javax.xml.namespace.QName;

/**
 * The name of a property as the key of a table. A {@link QName} has no order, so that a table of
 * names that clients chose to have one hash would be searched from end to end for each.
 */
public record PropertyName(String namespace, String local) implements Comparable<PropertyName> {
  public static PropertyName of(QName name) {
    return new PropertyName(name.getNamespaceURI(), name.getLocalPart());
  }

  @Override
  public int compareTo(PropertyName other) {
    int order = local.compareTo(other.local);
    return order == 0 ? namespace.compareTo(other.namespace) : order;
  }
}
