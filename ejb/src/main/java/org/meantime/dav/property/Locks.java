package org.meantime.dav.property;

import java.util.List;
import java.util.Optional;
import org.meantime.dav.Timeout;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.xml.Activelock;
import org.meantime.dav.xml.Lockdiscovery;

/** Locks as clients see them (RFC 4918 §15.8). */
public final class Locks {
  private Locks() {}

  static Optional<Lockdiscovery> discovery(PropertyContext of) {
    List<Activelock> locks =
        of.locks().covering(of.resource().path()).stream().map(lock -> describe(lock, of)).toList();
    return Optional.of(new Lockdiscovery(locks));
  }

  private static Activelock describe(ActiveLock lock, PropertyContext of) {
    Timeout remaining = of.locks().remaining(lock);
    return describe(lock, of.locks().owner(lock), remaining, root(lock, of));
  }

  /** The lock root: what is above the resource can only be a collection. */
  private static String root(ActiveLock lock, PropertyContext of) {
    boolean here = lock.root().equals(of.resource().path());
    boolean collection = !here || of.resource() instanceof CollectionResource;
    return of.href().apply(lock.root(), collection);
  }

  /** One lock as an {@code activelock} element. */
  public static Activelock describe(ActiveLock lock, Timeout timeout, String root) {
    return describe(lock, lock.owner(), timeout, root);
  }

  private static Activelock describe(ActiveLock lock, String owner, Timeout timeout, String root) {
    return new Activelock(
        new Activelock.Description(
            lock.scope() == LockScope.EXCLUSIVE, lock.depth(), owner, timeout, lock.token(), root));
  }
}
