package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * The files of content too big for the database, named by their SHA-256 in two levels of folders.
 * Who is about to refer to a file pins it first; a file goes only while nobody has it pinned and no
 * row knows it, and that is found out and done in one step per hash.
 */
final class Blobs {
  private final Path folder;
  private final Path incoming;
  private final Disk disk;
  private final Predicate<String> known;
  private final ContentChecks checks;
  private final ConcurrentHashMap<String, Integer> pins = new ConcurrentHashMap<>();

  /** The files in that home; {@code known} tells whether a committed row has that hash. */
  Blobs(Home home, Predicate<String> known, ContentChecks checks) {
    folder = home.blobs();
    incoming = home.incoming();
    disk = home.disk();
    this.known = known;
    this.checks = checks;
  }

  /** Whether that may be the name of such a file. */
  static boolean isHash(String name) {
    return name.length() == 64 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  /**
   * Keeps the file of that hash. A note beside what is being received says so, for the start after
   * a crash: only what such a note names may be content that nobody ever referred to.
   */
  void pin(String sha256) {
    pins.compute(
        sha256,
        (hash, count) -> {
          note(hash);
          return count == null ? 1 : count + 1;
        });
  }

  /** Notes that nobody may refer to that file soon, before that can be. */
  void note(String sha256) {
    disk.step(() -> Home.createFile(incoming.resolve(sha256)));
  }

  /** Undoes one {@link #pin}; with the last, a file no row knows goes. */
  void unpin(String sha256) {
    pins.compute(
        sha256,
        (hash, count) -> {
          if (count != null && count > 1) {
            return count - 1;
          }
          deleteUnknown(hash);
          return null;
        });
  }

  /** Deletes the file of that hash unless it is pinned or a row knows it. */
  void sweep(String sha256) {
    pins.compute(
        sha256,
        (hash, count) -> {
          if (count == null) {
            deleteUnknown(hash);
          }
          return count;
        });
  }

  /** Deletes the file unless a row knows it, and the note. */
  private void deleteUnknown(String sha256) {
    if (!known.test(sha256)) {
      disk.step(() -> Files.deleteIfExists(file(sha256)));
    }
    disk.step(() -> Files.deleteIfExists(incoming.resolve(sha256)));
  }

  /**
   * Makes a whole and pinned temporary file the file of that hash, safe from power failures. One
   * that is there already stays only where it is known to be right; another, damaged perhaps, is
   * replaced, and so is right again for all who refer to it.
   */
  void place(Path temporary, String sha256) throws IOException {
    Path file = file(sha256);
    if (isRight(sha256, file)) {
      Files.delete(temporary);
    } else {
      createFolder(file.getParent());
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file); // nothing can be moved over it
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      checks.trust(sha256, FileIdentity.of(file));
    }
    // Also for a file that was there: who moved it may not have come to this line.
    sync(file.getParent());
  }

  private boolean isRight(String sha256, Path file) throws IOException {
    try {
      return checks.isRight(sha256, FileIdentity.of(file));
    } catch (FileSystemException e) { // nothing is there, or a link that leads nowhere
      return false;
    }
  }

  private void createFolder(Path path) throws IOException {
    if (path.equals(folder)) {
      Home.requireId(folder); // or it is the mount point, and what is mounted there is gone
    } else if (!Files.isDirectory(path)) {
      createFolder(path.getParent());
      Home.createFolder(path);
      sync(path.getParent());
    }
  }

  /** Makes sure that the names in the folder survive a power failure. */
  static void sync(Path folder) throws IOException {
    if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Whether there is a file of that hash that no row knows, and nobody is about to. */
  boolean isStray(String sha256) {
    boolean[] stray = {false};
    pins.compute(
        sha256,
        (hash, count) -> {
          stray[0] =
              count == null
                  && !known.test(hash)
                  && !Files.exists(incoming.resolve(hash))
                  && Files.exists(file(hash));
          return count;
        });
    return stray[0];
  }

  Path file(String sha256) {
    return file(folder, sha256);
  }

  /** Where the file of that hash belongs in such a folder. */
  static Path file(Path folder, String sha256) {
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2, 4)).resolve(sha256);
  }
}
