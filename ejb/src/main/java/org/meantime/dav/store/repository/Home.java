package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** The folder everything is kept in, held by one application at a time. */
final class Home implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;

  private Home(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /** Opens the folder, creating it where it is missing; fails where another application has it. */
  static Home open(Path folder) {
    try {
      Path real = Files.createDirectories(folder).toRealPath();
      Files.createDirectories(real.resolve("blobs"));
      Files.createDirectories(real.resolve("incoming"));
      return new Home(real, lock(real));
    } catch (IOException e) {
      throw new UncheckedIOException("the store's home " + folder + " cannot be used", e);
    }
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("meantime.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // an application of this very server has it: told below
    }
    channel.close();
    throw new IllegalStateException(
        "the store's home "
            + folder
            + " is in use by another server or application; give each its own meantime.store.home,"
            + " or where they share a server, meantime.<context path>.store.home");
  }

  /** The folder that {@code setting} names, or where it names none, the server's data folder. */
  static Path locate(String setting) {
    if (!setting.isBlank()) {
      return Path.of(setting);
    }
    return Stream.of(
            fromProperty("jboss.server.data.dir", "meantime"),
            fromProperty("com.sun.aas.instanceRoot", "data/meantime"))
        .flatMap(stream -> stream)
        .findFirst()
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".meantime"));
  }

  private static Stream<Path> fromProperty(String name, String below) {
    return Stream.ofNullable(System.getProperty(name)).map(root -> Path.of(root).resolve(below));
  }

  Path folder() {
    return folder;
  }

  Path database() {
    return folder.resolve("meantime.db");
  }

  /** Where content too big for the database lies. */
  Path blobs() {
    return folder.resolve("blobs");
  }

  /** Where content lies while it is received; on the same file system as the blobs. */
  Path incoming() {
    return folder.resolve("incoming");
  }

  /** Where operations under way are noted down. */
  Path journal() {
    return folder.resolve("operations.journal");
  }

  long usableSpace() {
    try {
      return Files.getFileStore(folder).getUsableSpace();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
