package org.meantime.dav.xml;

import jakarta.xml.bind.annotation.XmlElementRef;
import java.util.List;
import org.meantime.dav.Depth;
import org.meantime.dav.LockToken;
import org.meantime.dav.Timeout;

/** {@code DAV:activelock} (RFC 4918 §14.1): a write lock on a resource. */
public final class Activelock {
  private Lockscope lockscope;
  private Locktype locktype;
  private String depth;

  @XmlElementRef(required = false)
  private Verbatim owner;

  private String timeout;
  private Hrefs locktoken;
  private Hrefs lockroot;

  private Activelock() {}

  public Activelock(Description lock) {
    this.lockscope = new Lockscope(lock.exclusive);
    this.locktype = Locktype.ofWrite();
    this.depth = lock.depth.toString();
    this.owner = lock.owner.isEmpty() ? null : new Verbatim(lock.owner);
    this.timeout = lock.timeout.toString();
    this.locktoken = new Hrefs(List.of(lock.token.uri()));
    this.lockroot = new Hrefs(List.of(lock.lockroot));
  }

  /** Roughly, how many characters there are: a token, a root and what the owner wrote. */
  int size() {
    return 256 + (owner == null ? 0 : owner.xml().length());
  }

  /**
   * What clients are told of a lock.
   *
   * @param owner the {@code DAV:owner} element as XML that stands on its own, or the empty string
   * @param timeout how much longer it lasts
   * @param lockroot the href of the lock root
   */
  public record Description(
      boolean exclusive,
      Depth depth,
      String owner,
      Timeout timeout,
      LockToken token,
      String lockroot) {}
}
