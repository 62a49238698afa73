package org.meantime.dav.operation;

import java.io.IOException;
import java.io.OutputStream;

/** The content of a response, written when its time comes. */
@FunctionalInterface
public interface Body {
  /** Writes all of it; does not close {@code out}. */
  void writeTo(OutputStream out) throws IOException;
}
