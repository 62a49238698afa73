package org.meantime.dav.xml;

/** {@code DAV:locktype} (RFC 4918 §14.15); {@code DAV:write} is the only one there is. */
public final class Locktype {
  private Empty write;

  private Locktype() {}

  static Locktype ofWrite() {
    Locktype type = new Locktype();
    type.write = Empty.PRESENT;
    return type;
  }

  public boolean write() {
    return write != null;
  }
}
