package org.meantime.dav.request;

import org.meantime.dav.ResourcePath;

/**
 * A place that a request writes to, which its locks protect (RFC 4918 §7).
 *
 * @param tree true where the whole tree at that path comes or goes, and with it the parent's
 *     membership; false where only that one resource is changed, or created where nothing is
 */
public record Scope(ResourcePath path, boolean tree) {
  /** One resource's content or properties. */
  public static Scope resource(ResourcePath path) {
    return new Scope(path, false);
  }

  /** A resource, everything below it, and its place in its parent. */
  public static Scope tree(ResourcePath path) {
    return new Scope(path, true);
  }
}
