package org.meantime.dav.web;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.meantime.dav.operation.Heartbeat;
import org.meantime.dav.settings.Setting;

/**
 * The executors that web.xml declares; never one that an administrator named. A server ends them
 * with the application and forbids it to do so itself; but Payara leaves them running, where each
 * of their threads keeps the application in memory, and allows it.
 */
final class OwnExecutors {
  static final OwnExecutors NONE = new OwnExecutors(List.of());

  private static final System.Logger LOG = System.getLogger(OwnExecutors.class.getName());
  private static final List<String> NAMES =
      List.of(Setting.EXECUTOR.byDefault(), Heartbeat.EXECUTOR);

  private final List<ExecutorService> executors;

  OwnExecutors(List<ExecutorService> executors) {
    this.executors = List.copyOf(executors);
  }

  /** Looks them up, while there are names to be looked up. */
  static OwnExecutors find() {
    List<ExecutorService> found = new ArrayList<>();
    for (String name : NAMES) {
      try {
        found.add(InitialContext.doLookup(name));
      } catch (NamingException | ClassCastException e) {
        LOG.log(Level.WARNING, "{0} is no executor: {1}", name, e.toString());
      }
    }
    return new OwnExecutors(found);
  }

  /** Lets each of their threads end, as soon as it has no work. */
  void end() {
    for (ExecutorService executor : executors) {
      try {
        executor.shutdown();
      } catch (IllegalStateException e) {
        // Jakarta Concurrency: life-cycle methods of a managed executor are disabled
        LOG.log(Level.DEBUG, "the server ends its executors itself: {0}", e.getMessage());
      }
    }
  }
}
