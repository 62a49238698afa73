package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;

/** {@code DAV:supportedlock} (RFC 4918 §15.10): exclusive and shared write locks. */
@XmlRootElement(name = "supportedlock")
public final class Supportedlock {
  private final List<Lockentry> lockentry = List.of(new Lockentry(true), new Lockentry(false));

  public Supportedlock() {}

  private static final class Lockentry {
    private Lockscope lockscope;
    private Locktype locktype;

    private Lockentry() {}

    Lockentry(boolean exclusive) {
      this.lockscope = new Lockscope(exclusive);
      this.locktype = Locktype.ofWrite();
    }
  }
}
