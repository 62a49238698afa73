package org.meantime.dav.store.repository;

import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.LongSupplier;
import org.meantime.dav.store.Maintained.State;
import org.meantime.dav.store.Maintained.Task;

/** Runs one task of maintenance at a time, on a thread of its own that needs nobody's identity. */
final class Maintenance {
  private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());
  private static final long CLOSE_MILLIS = 10_000;

  private final Database database;
  private final LongSupplier share;
  private Thread thread; // guarded by this, as is what follows
  private Pace pace;
  private Report report;

  /** What is to be done: at that pace, and told in that report. */
  @FunctionalInterface
  interface Work {
    void run(Pace pace, Report report);
  }

  /** Works for that share of the time, in percent. */
  Maintenance(Database database, LongSupplier share) {
    this.database = database;
    this.share = share;
    database.whenClosing(this::close);
  }

  synchronized void begin(String name, Work work) {
    if (thread != null && thread.isAlive()) {
      throw new IllegalStateException(report.task().name() + " is still running");
    }
    pace = new Pace(share);
    report = new Report(name, database.home().folder().resolve(name + ".txt"));
    thread = new Thread(null, new Run(name, work, pace, report), "meantime-" + name, 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(Maintenance.class.getClassLoader());
    thread.start();
  }

  private record Run(String name, Work work, Pace pace, Report report) implements Runnable {
    @Override
    public void run() {
      try (report) {
        work.run(pace, report);
        report.end();
      } catch (CancellationException e) {
        report.end(State.STOPPED, "");
      } catch (RuntimeException | Error e) {
        report.end(State.FAILED, String.valueOf(e));
        LOG.log(Level.ERROR, name + " of the store failed", e);
      }
      Task end = report.task();
      LOG.log(Level.INFO, "{0} of the store: {1}, {2} found", name, end.state(), end.findings());
    }
  }

  synchronized void stop() {
    if (pace != null) {
      pace.stop();
    }
  }

  synchronized Optional<Task> task() {
    return Optional.ofNullable(report).map(Report::task);
  }

  private void close() {
    stop();
    join();
  }

  /** Waits a while for the task to end. */
  void join() {
    Thread last;
    synchronized (this) {
      last = thread;
    }
    try {
      if (last != null) {
        last.join(CLOSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
