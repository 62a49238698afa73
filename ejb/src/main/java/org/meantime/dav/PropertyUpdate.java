package org.meantime.dav;

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
}
