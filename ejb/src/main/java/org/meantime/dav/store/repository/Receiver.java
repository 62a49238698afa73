package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Progress;
import org.meantime.dav.Status;

/** Receives one body: into memory while it is small, then into a temporary file. */
final class Receiver {
  /** The longest content that is kept in the database. */
  static final int INLINE_BYTES = 64 * 1024;

  private final Blobs blobs;
  private final Path incoming;
  private final Progress progress;
  private final MessageDigest digest = sha256();
  private final byte[] buffer = new byte[INLINE_BYTES + 1];

  Receiver(Blobs blobs, Path incoming, Progress progress) {
    this.blobs = blobs;
    this.incoming = incoming;
    this.progress = progress;
  }

  /** Reads the body to its end; an {@link IOException} is the body's own. */
  Received receive(InputStream body) throws IOException {
    int filled = fill(body);
    if (filled <= INLINE_BYTES) {
      return new Received(hash(), Arrays.copyOf(buffer, filled));
    }
    Path temporary = disk(() -> Files.createTempFile(incoming, "put", ""));
    boolean whole = false;
    try {
      Received received = receive(body, filled, temporary);
      whole = true;
      return received;
    } finally {
      if (!whole) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  private Received receive(InputStream body, int filled, Path temporary) throws IOException {
    long length = 0;
    try (FileChannel file = disk(() -> FileChannel.open(temporary, StandardOpenOption.WRITE))) {
      for (int count = filled; count > 0; count = fill(body)) {
        write(file, ByteBuffer.wrap(buffer, 0, count));
        length += count;
      }
      disk(() -> sync(file));
    }
    return place(temporary, length);
  }

  private Received place(Path temporary, long length) throws IOException {
    String hash = hash();
    blobs.pin(hash);
    Received received = new Received(hash, length, () -> blobs.unpin(hash));
    boolean placed = false;
    try {
      disk(
          () -> {
            blobs.place(temporary, hash);
            return null;
          });
      placed = true;
      return received;
    } finally {
      if (!placed) {
        received.close();
      }
    }
  }

  /** Fills the buffer as far as the body goes, hashing, and tells how far that was. */
  private int fill(InputStream body) throws IOException {
    int filled = 0;
    while (filled < buffer.length) {
      int count = body.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
      progress.bytes(count);
    }
    digest.update(buffer, 0, filled);
    return filled;
  }

  private String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void write(FileChannel file, ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      disk(() -> file.write(bytes));
    }
  }

  private static boolean sync(FileChannel file) throws IOException {
    file.force(true);
    return true;
  }

  @FunctionalInterface
  private interface DiskWork<T> {
    T run() throws IOException;
  }

  /** Tells trouble with our disk, a 507 or a bug, apart from trouble with the client. */
  private static <T> T disk(DiskWork<T> work) {
    try {
      return work.run();
    } catch (IOException e) {
      String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
      if (isFull(reason == null ? "" : reason.toLowerCase(Locale.ROOT))) {
        throw new DavException(
            Status.INSUFFICIENT_STORAGE, Precondition.SUFFICIENT_DISK_SPACE, List.of());
      }
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isFull(String reason) {
    return reason.contains("no space left")
        || reason.contains("quota exceeded")
        || reason.contains("not enough space");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
