package org.meantime.dav.operation;

/** Who wants to know how an operation goes on. */
public interface Follower {
  /**
   * About once a second while the operation runs, and once when it has ended; never twice at a
   * time. Must not block.
   *
   * @return whether to be told further; of no meaning at the end
   */
  boolean look(OperationDocument document);
}
