package org.meantime.dav.xml;

/** {@code DAV:lockscope} (RFC 4918 §14.13). */
public final class Lockscope {
  private Empty exclusive;
  private Empty shared;

  private Lockscope() {}

  public Lockscope(boolean exclusive) {
    this.exclusive = Empty.when(exclusive);
    this.shared = Empty.when(!exclusive);
  }

  public boolean exclusive() {
    return exclusive != null;
  }

  public boolean shared() {
    return shared != null;
  }
}
