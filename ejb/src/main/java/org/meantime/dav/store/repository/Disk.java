package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;

/**
 * What passes between the server and its own disk. Whatever fails there is told apart here from
 * what fails on the way to or from a client: a full disk is a 507, a store whose folder is gone a
 * 503, anything else a {@link StorageException}.
 */
final class Disk {
  private final BooleanSupplier there;
  private final Runnable whenFull;

  @FunctionalInterface
  interface Work<T> {
    T run() throws IOException;
  }

  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  /**
   * The disk of one store.
   *
   * @param there whether the store is where it was when it was opened
   * @param whenFull run when there was no room
   */
  Disk(BooleanSupplier there, Runnable whenFull) {
    this.there = there;
    this.whenFull = whenFull;
  }

  <T> T work(Work<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      throw fault(e);
    } catch (UncheckedIOException e) { // of a stream of the JDK's over a folder
      throw fault(e.getCause());
    }
  }

  void step(Step step) {
    work(
        () -> {
          step.run();
          return null;
        });
  }

  /** Writes all there is in the buffer, where the channel stands. */
  static void write(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  /** What a failure of the disk becomes. */
  RuntimeException fault(IOException e) {
    if (!isThere()) {
      return away();
    }
    if (isFull(e)) {
      whenFull.run();
      return full();
    }
    return new StorageException("the disk failed: " + e, e);
  }

  /** Whether the store is where it was when it was opened. */
  boolean isThere() {
    return there.getAsBoolean();
  }

  static DavException away() {
    return new DavException(Status.SERVICE_UNAVAILABLE, "the store is not there at the moment");
  }

  static DavException full() {
    return new DavException(
        Status.INSUFFICIENT_STORAGE, Precondition.SUFFICIENT_DISK_SPACE, List.of());
  }

  /** The JDK has no exception of its own for it. */
  private static boolean isFull(IOException e) {
    String told = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
    String reason = told == null ? "" : told.toLowerCase(Locale.ROOT);
    return reason.contains("no space left")
        || reason.contains("quota exceeded")
        || reason.contains("not enough space");
  }
}
