package org.meantime.dav.operation;

import java.lang.System.Logger.Level;

/**
 * Work of which nothing that goes wrong, an {@link OutOfMemoryError} included, may stop what comes
 * after it on the same thread: it is logged, and that is all.
 *
 * @param what what does not work if this does not; for the log
 */
record Guarded(String what, Runnable work) implements Runnable {
  private static final System.Logger LOG = System.getLogger(Guarded.class.getName());

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      tell(e);
    }
  }

  private void tell(Throwable e) {
    try {
      LOG.log(Level.ERROR, what, e);
    } catch (RuntimeException | Error again) {
      e.addSuppressed(again); // nothing is left to say it with
    }
  }
}
