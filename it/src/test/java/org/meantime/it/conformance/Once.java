package org.meantime.it.conformance;

import org.junit.jupiter.api.function.ThrowingSupplier;

/** What takes long to make and many checks look at: made for the first, failed for all. */
final class Once<T> {
  private final ThrowingSupplier<T> maker;
  private T made;
  private Throwable failure;

  Once(ThrowingSupplier<T> maker) {
    this.maker = maker;
  }

  T get() throws Throwable {
    if (made == null && failure == null) {
      try {
        made = maker.get();
      } catch (Throwable e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
    return made;
  }
}
