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

  /**
   * A folder in which nothing came or went for so long does not change unnoticed: the clocks of
   * some file systems tick every other second.
   */
  private static final long REST_MILLIS = Duration.ofSeconds(3).toMillis();

  /** What changes when a file comes to a folder, leaves it, or gets another name in it. */
  private record Stamp(Object key, long modified) {
    static final Stamp NONE = new Stamp("", 0);

    static Stamp of(Path folder) throws IOException {
      BasicFileAttributes now = Files.readAttributes(folder, BasicFileAttributes.class);
      return new Stamp(Presence.key(now), now.lastModifiedTime().toMillis());
    }
  }

  // Guarded by this.
  private final Map<Path, Object> opened = new LinkedHashMap<>();
  private final Map<Path, Stamp> folders = new LinkedHashMap<>(); // as they were at the last look
  private boolean atRest; // and had been for long

  private final AtomicLong looked = new AtomicLong();
  private volatile boolean there = true;
  private volatile Runnable whenAway = () -> {};

  /** Runs that each time something is found not to be there: others may change it meanwhile. */
  void whenAway(Runnable action) {
    whenAway = action;
  }

  /** That file is open from now on; one that is not there is none. */
  synchronized void opened(Path file) {
    opened.remove(file);
    folders.putIfAbsent(file.getParent(), Stamp.NONE);
    atRest = false;
    try {
      opened.put(file, key(file));
    } catch (IOException e) {
      // SQLite makes its log when it first has something for it
    }
  }

  private static Object key(Path file) throws IOException {
    return key(Files.readAttributes(file, BasicFileAttributes.class));
  }

  private static Object key(BasicFileAttributes file) {
    Object key = file.fileKey();
    return key == null ? "" : key; // where the file system has none, to be there is all
  }

  /** Whether all are there now: some microseconds. */
  boolean isThere() {
    looked.set(System.nanoTime());
    there = look();
    return there;
  }

  /** Whether that one is there now. */
  synchronized boolean isThere(Path file) {
    try {
      return key(file).equals(opened.get(file));
    } catch (IOException e) {
      return false;
    }
  }

  private synchronized boolean look() {
    atRest = false;
    try {
      boolean rest = stamp();
      if (areThere()) {
        atRest = rest;
        return true;
      }
    } catch (IOException e) {
      // something is not there
    }
    whenAway.run();
    return false;
  }

  /** Notes how the folders are; true where nothing came or went for long. */
  private boolean stamp() throws IOException {
    long before = System.currentTimeMillis() - REST_MILLIS;
    boolean rest = true;
    for (Map.Entry<Path, Stamp> folder : folders.entrySet()) {
      folder.setValue(Stamp.of(folder.getKey()));
      rest &= folder.getValue().modified() < before;
    }
    return rest;
  }

  private boolean areThere() throws IOException {
    for (Map.Entry<Path, Object> file : opened.entrySet()) {
      if (!key(file.getKey()).equals(file.getValue())) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether, by their folders, all must be there. The files are not asked: on Linux since 6.13
   * whoever asks for the times of a file makes the next write note a finer one, and the next fsync
   * of the log write that down as well, which took a quarter of the time of a commit more.
   */
  private synchronized boolean isUnchanged() {
    if (!atRest) {
      return false;
    }
    try {
      for (Map.Entry<Path, Stamp> folder : folders.entrySet()) {
        if (!Stamp.of(folder.getKey()).equals(folder.getValue())) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      return false;
    }
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
    if (!isUnchanged() && !isThere()) {
      throw Disk.away();
    }
  }
}
