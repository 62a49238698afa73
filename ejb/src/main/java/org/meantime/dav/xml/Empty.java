package org.meantime.dav.xml;

/** The content of an element that says all by being there. */
final class Empty {
  static final Empty PRESENT = new Empty();

  private Empty() {}

  static Empty when(boolean present) {
    return present ? PRESENT : null;
  }
}
