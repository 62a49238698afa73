package org.meantime.dav.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A store that can be checked, and copied to another folder, while it is in use. One such task runs
 * at a time, in the background. Any thread may call.
 */
public interface Maintained {
  /**
   * Begins to look whether all that is stored is there, is right and agrees with the rest.
   *
   * @param repairs the kinds of findings that are put right too; all others are reported only
   * @throws IllegalArgumentException if there is no such kind, or it cannot be put right
   * @throws IllegalStateException while a task runs
   */
  void check(Set<String> repairs);

  /**
   * Begins to copy all that is stored, as it is now, to that folder, which a server can use as its
   * store's home.
   *
   * @param folder an absolute path on the server's machine: an empty folder, or none yet
   * @throws IllegalArgumentException if it is anything else
   * @throws IllegalStateException while a task runs
   */
  void backUp(Path folder);

  /** Has the task that runs end soon; does nothing if none runs. */
  void stopTask();

  /** What runs, or ran last since the start. */
  Optional<Task> task();

  /** What a task has come to. */
  enum State {
    RUNNING,
    /** It went to its end and found nothing wrong. */
    CLEAN,
    /** It went to its end; what it found wrong is in its report. */
    FINDINGS,
    STOPPED,
    FAILED
  }

  /**
   * A task, at the moment it was asked for.
   *
   * @param name what it does
   * @param at what it is at, or why it failed
   * @param done bytes of content seen so far
   * @param total of so many
   * @param findings how many things were found wrong, those put right included
   * @param repaired how many were put right
   * @param first the first findings, one to a line
   * @param report the file that has them all; empty if there is none
   */
  record Task(
      String name,
      State state,
      String at,
      long done,
      long total,
      long findings,
      long repaired,
      List<String> first,
      String report) {}
}
