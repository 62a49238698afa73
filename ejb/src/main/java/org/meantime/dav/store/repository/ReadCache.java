package org.meantime.dav.store.repository;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What was read of the database and has not changed since. What a commit changes is thrown away
 * before anybody sees the commit, and kept anew when it is over: who looks here never finds less
 * than another has seen already.
 *
 * <p>Any thread may {@link #get}. The rest is for the one whose turn it is to write, which sees
 * what it changed before others do.
 */
final class ReadCache {
  private static final int MOST_BYTES = 16 * 1024 * 1024;

  /** What is larger would push out too much else. */
  private static final int LARGE_BYTES = 16 * 1024;

  /** Roughly, for each entry, whatever it is. */
  private static final int ENTRY_BYTES = 1024;

  /** In the place of what changed to nobody knows what. */
  private static final Entry UNKNOWN = new Entry(null, 0);

  private record Entry(Object value, int bytes) {}

  private final Map<Recalled<?>, Entry> known = new ConcurrentHashMap<>();

  /** Even, and odd while a commit goes on; guarded by this where it changes. */
  private volatile long state;

  private long size; // guarded by this

  // Used by who writes alone.
  private final Map<Recalled<?>, Entry> changed = new HashMap<>();
  private boolean allChanged;

  /** What {@code read} says, or has said before under that key. */
  <T> T get(Recalled<T> key, Supplier<T> read) {
    Entry entry = known.get(key);
    if (entry == null) {
      long before = state; // what is committed while it is read is not to be missed
      entry = entry(key, read.get());
      keep(key, entry, before);
    }
    return value(entry);
  }

  /** As {@link #get}, in the transaction at hand. */
  <T> T getChanged(Recalled<T> key, Supplier<T> read) {
    if (allChanged) {
      return read.get();
    }
    Entry own = changed.get(key);
    Entry entry = own == null ? known.get(key) : own;
    if (entry == null || entry == UNKNOWN) {
      entry = entry(key, read.get());
      if (own == null) {
        keep(key, entry, state);
      } else {
        changed.put(key, entry);
      }
    }
    return value(entry);
  }

  private static <T> Entry entry(Recalled<T> key, T value) {
    return new Entry(value, key.bytes(value));
  }

  @SuppressWarnings("unchecked") // each key has values of one type
  private static <T> T value(Entry entry) {
    return (T) entry.value();
  }

  /** From here on, in the transaction at hand, that is what is found under that key. */
  <T> void change(Recalled<T> key, T value) {
    if (!allChanged) {
      changed.put(key, entry(key, value));
    }
  }

  /** The transaction at hand changes whatever there is. */
  void changeAll() {
    allChanged = true;
  }

  /** A part of what was changed is not, nobody knows which. */
  void undo() {
    changed.replaceAll((key, entry) -> UNKNOWN);
  }

  /** The changes are about to be seen by all. */
  synchronized void close() {
    state++;
    if (allChanged) {
      clear();
    } else {
      changed.keySet().forEach(this::remove);
    }
  }

  /** The transaction is over, and was committed or not. */
  synchronized void open(boolean committed) {
    if (committed && !allChanged) {
      changed.forEach(this::put);
    }
    changed.clear();
    allChanged = false;
    state = (state | 1) + 1;
  }

  /** All that was read may have changed since, without anybody saying so. */
  synchronized void forget() {
    state += 2; // what is being read now is not kept
    clear();
  }

  private synchronized void keep(Recalled<?> key, Entry entry, long before) {
    if (state == before && before % 2 == 0) {
      put(key, entry);
    }
  }

  private void put(Recalled<?> key, Entry entry) {
    if (entry == UNKNOWN || entry.bytes() > LARGE_BYTES) {
      return;
    }
    remove(key);
    size += ENTRY_BYTES + entry.bytes();
    if (size > MOST_BYTES) {
      clear();
      size = ENTRY_BYTES + entry.bytes();
    }
    known.put(key, entry);
  }

  private void remove(Recalled<?> key) {
    Entry entry = known.remove(key);
    if (entry != null) {
      size -= ENTRY_BYTES + entry.bytes();
    }
  }

  private void clear() {
    known.clear();
    size = 0;
  }
}
