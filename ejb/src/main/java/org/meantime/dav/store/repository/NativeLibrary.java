package org.meantime.dav.store.repository;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.sqlite.SQLiteJDBCLoader;

/**
 * The driver's native library. The driver unpacks it into temporary files of its own for each class
 * loader and leaves them there until the JVM ends, so that each redeployment would add some.
 */
final class NativeLibrary {
  private static final System.Logger LOG = System.getLogger(NativeLibrary.class.getName());

  private final Set<Path> files;

  private NativeLibrary(Set<Path> files) {
    this.files = files;
  }

  static NativeLibrary load() {
    try {
      Set<Path> before = unpacked();
      SQLiteJDBCLoader.initialize();
      Set<Path> files = unpacked();
      files.removeAll(before);
      return new NativeLibrary(files);
    } catch (Exception e) {
      throw new IllegalStateException("SQLite has no library for this machine", e);
    }
  }

  private static Set<Path> unpacked() throws IOException {
    String temporary = System.getProperty("java.io.tmpdir");
    Path folder = Path.of(System.getProperty("org.sqlite.tmpdir", temporary));
    Set<Path> files = new HashSet<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "sqlite-*")) {
      found.forEach(files::add);
    }
    return files;
  }

  /**
   * Removes the files, those too that others unpacked at the same moment: once loaded, the library
   * needs them no more. A system that minds keeps them.
   */
  void removeFiles() {
    for (Path file : files) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "{0} is left to the end of the JVM: {1}", file, e.toString());
      }
    }
  }
}
