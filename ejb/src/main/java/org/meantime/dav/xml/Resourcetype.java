package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlRootElement;

/** {@code DAV:resourcetype} (RFC 4918 §15.9). */
@XmlRootElement(name = "resourcetype")
public final class Resourcetype {
  private Empty collection;

  private Resourcetype() {}

  public Resourcetype(boolean collection) {
    this.collection = Empty.when(collection);
  }
}
