package org.meantime.it.bench.client;

import java.io.IOException;

/** The disk that all share. */
final class Disk {
  private Disk() {}

  /** Waits until everything written is on it, so that it does not burden what is measured next. */
  static void settle() throws IOException, InterruptedException {
    new ProcessBuilder("sync").start().waitFor();
  }
}
