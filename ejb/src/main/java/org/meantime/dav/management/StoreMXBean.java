package org.meantime.dav.management;

/** How the store is doing, where it tells. */
public interface StoreMXBean {
  /** What no other store has; it stands in the database and beside the contents. */
  String getId();

  /** What keeps the store from reclaiming the room of what was deleted; empty if nothing does. */
  String getTrouble();

  /** For how many seconds it has been reclaiming room without a pause. */
  long getSweepingSeconds();

  /** How often a copy was held up on purpose, so that reclaiming room keeps up with deleting. */
  long getSlowed();

  /** How often content was refused because it is not what was stored; the log names it. */
  long getDamaged();

  /** Whether there is room for new content; while there is none, uploads are answered with 507. */
  boolean isRoom();
}
