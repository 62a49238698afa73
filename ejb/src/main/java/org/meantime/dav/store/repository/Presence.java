package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the files that are open are still those of their names. What is written to one that was
 * removed, or that lies in a folder where another is mounted now, nobody finds again; so while one
 * is not there, nothing is answered. Usable from any thread.
 */
final class Presence {
  /** How old a look may be for those who only read. */
  private static final long AGE_NANOS = Duration.ofMillis(500).toNanos();

  private final Map<Path, Object> opened = new LinkedHashMap<>(); // guarded by this
  private final AtomicLong looked = new AtomicLong();
  private volatile boolean there = true;

  /** That file is open from now on; one that is not there is none. */
  synchronized void opened(Path file) {
    opened.remove(file);
    try {
      opened.put(file, key(file));
    } catch (IOException e) {
      // SQLite makes its log when it first has something for it
    }
  }

  private static Object key(Path file) throws IOException {
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? "" : key; // where the file system has none, to be there is all
  }

  /** Whether all are there now: some microseconds. */
  boolean isThere() {
    looked.set(System.nanoTime());
    there = look();
    return there;
  }

  private synchronized boolean look() {
    for (Map.Entry<Path, Object> file : opened.entrySet()) {
      try {
        if (!key(file.getKey()).equals(file.getValue())) {
          return false;
        }
      } catch (IOException e) {
        return false;
      }
    }
    return true;
  }

  /** Throws a 503 unless all were there half a second ago, or are again. */
  void requireLately() {
    long last = looked.get();
    long now = System.nanoTime();
    if (!there || now - last > AGE_NANOS && looked.compareAndSet(last, now)) {
      there = look();
    }
    if (!there) {
      throw Disk.away();
    }
  }

  /** Throws a 503 unless all are there now. */
  void require() {
    if (!isThere()) {
      throw Disk.away();
    }
  }
}
