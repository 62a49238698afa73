package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.List;

/** {@code DAV:lockdiscovery} (RFC 4918 §15.8): the locks a resource is under. */
@XmlRootElement(name = "lockdiscovery")
public final class Lockdiscovery {
  private List<Activelock> activelock;

  private Lockdiscovery() {}

  public Lockdiscovery(List<Activelock> locks) {
    this.activelock = List.copyOf(locks);
  }

  /** Roughly, how many characters there are. */
  int size() {
    int size = 0;
    for (Activelock lock : activelock) {
      size += lock.size();
    }
    return size;
  }
}
