package org.meantime.it.conformance;

import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/** One thing that is right or wrong, or not offered at all. */
record Check(String name, Executable executable) {
  /** Ends the check that calls this, unless the server does what the check is about. */
  static void offered(boolean it, String otherwise) {
    if (!it) {
      throw new TestAbortedException("not offered: " + otherwise);
    }
  }
}
