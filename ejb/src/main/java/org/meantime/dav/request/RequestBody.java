package org.meantime.dav.request;

import java.io.IOException;
import java.io.InputStream;

/** The content of a request, not read yet. */
@FunctionalInterface
public interface RequestBody {
  /** Opens it, once; a client that sent {@code Expect: 100-continue} is told to go on. */
  InputStream open() throws IOException;
}
