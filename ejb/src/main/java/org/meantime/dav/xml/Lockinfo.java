package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlElementRef;
import jakarta.xml.bind.annotation.XmlRootElement;
import java.util.Optional;

/** {@code DAV:lockinfo} (RFC 4918 §14.11): the lock a client asks for. */
@XmlRootElement(name = "lockinfo")
public final class Lockinfo {
  private Lockscope lockscope;
  private Locktype locktype;

  @XmlElementRef(required = false)
  private Verbatim owner;

  private Lockinfo() {}

  public Optional<Lockscope> lockscope() {
    return Optional.ofNullable(lockscope);
  }

  public Optional<Locktype> locktype() {
    return Optional.ofNullable(locktype);
  }

  /** The {@code DAV:owner} element as XML that stands on its own, or the empty string. */
  public String owner() {
    return owner == null ? "" : owner.xml();
  }
}
