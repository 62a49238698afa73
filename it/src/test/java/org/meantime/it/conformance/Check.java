package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;
import org.opentest4j.TestAbortedException;

/** One thing that is right or wrong, or not offered at all. */
record Check(String name, Executable executable) {
  /** Ends the check that calls this, unless the server does what it is about; ours does it all. */
  static void offered(boolean it, String otherwise) {
    boolean ours = System.getProperty("it.url") == null;
    assertTrue(it || !ours, otherwise);
    if (!it) {
      throw new TestAbortedException("not offered: " + otherwise);
    }
  }
}
