package org.meantime.dav.store.repository;

import java.io.IOException;

/** A file is there and holds something else than its name says. */
final class WrongContentException extends IOException {
  private static final long serialVersionUID = 1;

  WrongContentException(String what) {
    super(what);
  }
}
