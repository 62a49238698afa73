package org.meantime.dav.store.repository;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What was read of the database since the last commit. Each commit throws away all of it, before it
 * is seen by anybody, and until it is over nothing is kept: who looks here never finds less than
 * another has seen already.
 */
final class ReadCache {
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /** What is larger would push out too much else. */
  private static final int LARGE_BYTES = 16 * 1024;

  /** Roughly, for each entry, whatever it is. */
  private static final int ENTRY_BYTES = 1024;

  private volatile Epoch now = new Epoch();

  /** From here on nothing is kept. */
  void close() {
    now = null;
  }

  /** A commit is over, whichever way. */
  void open() {
    now = new Epoch();
  }

  /**
   * What {@code read} says, or has said before under that key.
   *
   * @param bytes about how much memory a value takes, what all take left out
   */
  <T> T get(Object key, Supplier<T> read, ToIntFunction<T> bytes) {
    Epoch epoch = now; // before it is read: what is committed meanwhile is not to be missed
    return epoch == null ? read.get() : epoch.get(key, read, bytes);
  }

  /** The time between two commits. */
  private static final class Epoch {
    private final Map<Object, Object> known = new ConcurrentHashMap<>();
    private final LongAdder size = new LongAdder();

    @SuppressWarnings("unchecked") // each key has values of one type
    <T> T get(Object key, Supplier<T> read, ToIntFunction<T> bytes) {
      T value = (T) known.get(key);
      if (value == null) {
        value = read.get();
        keep(key, value, bytes.applyAsInt(value));
      }
      return value;
    }

    private void keep(Object key, Object value, int bytes) {
      if (bytes > LARGE_BYTES) {
        return;
      }
      size.add(ENTRY_BYTES + bytes);
      if (size.sum() > MOST_BYTES) {
        known.clear();
        size.reset();
      }
      known.put(key, value);
    }
  }
}
