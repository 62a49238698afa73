package org.meantime.dav.store;

/** A store that tells those who look after the server how it is doing. */
public interface Observed {
  /** How it is now; cheap. */
  Condition condition();

  /**
   * @param id what no other store has
   * @param trouble what keeps it from reclaiming the room of what was deleted; empty if nothing
   * @param sweepingSeconds for how long it has been reclaiming room without a pause
   * @param slowed how often a copy was held up on purpose, so that reclaiming keeps up
   * @param damaged how often content was refused because it is not what was stored
   * @param room whether there is room for new content
   */
  record Condition(
      String id, String trouble, long sweepingSeconds, long slowed, long damaged, boolean room) {}
}
