package org.meantime.dav.management;

import java.util.List;
import org.meantime.dav.store.Maintained;

/** A task of maintenance as JMX shows it, at the moment it was asked for. */
public final class MaintenanceTask {
  private final Maintained.Task task;

  MaintenanceTask(Maintained.Task task) {
    this.task = task;
  }

  /** {@code check} or {@code backup}. */
  public String getName() {
    return task.name();
  }

  /** {@code RUNNING}, {@code CLEAN}, {@code FINDINGS}, {@code STOPPED} or {@code FAILED}. */
  public String getState() {
    return task.state().name();
  }

  /** What it is at, or why it failed. */
  public String getAt() {
    return task.at();
  }

  /** Bytes of content seen so far. */
  public long getDone() {
    return task.done();
  }

  /** Bytes of content there are to see. */
  public long getTotal() {
    return task.total();
  }

  /** How many things were found wrong, those put right included. */
  public long getFindings() {
    return task.findings();
  }

  public long getRepaired() {
    return task.repaired();
  }

  /** The first hundred findings, one to a line. */
  public List<String> getFirst() {
    return task.first();
  }

  /** The file on the server that has them all; empty where it could not be written. */
  public String getReport() {
    return task.report();
  }
}
