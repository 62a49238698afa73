package org.meantime.dav.property;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;
import org.meantime.dav.lock.ActiveLock;
import org.meantime.dav.lock.LockScope;
import org.meantime.dav.xml.Activelock;
import org.meantime.dav.xml.Lockdiscovery;

/** Locks as clients see them (RFC 4918 §15.8). */
public final class Locks {
  private Locks() {}

  static Optional<Lockdiscovery> discovery(PropertyContext of) {
    List<Activelock> locks =
        of.locks().covering(of.resource().path()).stream()
            .map(
                lock ->
                    describe(
                        lock, of.locks().remaining(lock), path -> of.href().apply(path, false)))
            .toList();
    return Optional.of(new Lockdiscovery(locks));
  }

  /** One lock as an {@code activelock} element. */
  public static Activelock describe(
      ActiveLock lock, Timeout timeout, Function<ResourcePath, String> href) {
    return new Activelock(
        new Activelock.Description(
            lock.scope() == LockScope.EXCLUSIVE,
            lock.depth(),
            lock.owner(),
            timeout,
            lock.token(),
            href.apply(lock.root())));
  }
}
