package org.meantime.dav.store;

import org.meantime.dav.DavException;
import org.meantime.dav.Status;

/**
 * A collection was deleted, or another took its place, while its members were read; those that were
 * not read cannot be any more. Becomes a 404.
 */
public final class GoneException extends DavException {
  private static final long serialVersionUID = 1;

  /** Says so. */
  public GoneException() {
    super(Status.NOT_FOUND, "the collection was deleted meanwhile");
  }
}
