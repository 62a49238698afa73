package org.meantime.dav.management;

/** Looks after the store while it is in use; one task at a time, in the background. */
public interface MaintenanceMXBean {
  /**
   * Begins to look whether all that is stored is there, is right and agrees with the rest.
   *
   * @param repairs the kinds of findings to be put right too, with white space between them: of
   *     {@code length}, {@code unreferred}, {@code stray} and {@code lock}; empty for none
   */
  void check(String repairs);

  /**
   * Begins to copy the store as it is now.
   *
   * @param folder an absolute path on this machine: an empty folder, or none yet
   */
  void backUp(String folder);

  /** Has the task that runs end soon. */
  void stop();

  /** What runs, or ran last since the start; null where nothing has. */
  MaintenanceTask getTask();
}
