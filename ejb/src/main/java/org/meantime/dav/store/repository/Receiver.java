package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.meantime.dav.Progress;

/** Receives one body: into memory while it is small, then into a temporary file. */
final class Receiver {
  /** The longest content that is kept in the database. */
  static final int INLINE_BYTES = 64 * 1024;

  /** How the names of temporary files begin. */
  static final String PREFIX = "put";

  private static final int SHORT_BYTES = 8 * 1024;

  private final Blobs blobs;
  private final Path incoming;
  private final Disk disk;
  private final Reserve reserve;
  private final Presence presence;
  private final Progress progress;
  private final MessageDigest digest = sha256();

  Receiver(Blobs blobs, Home home, Progress progress) {
    this.blobs = blobs;
    this.incoming = home.incoming();
    this.disk = home.disk();
    this.reserve = home.reserve();
    this.presence = home.presence();
    this.progress = progress;
  }

  /** Reads the body to its end; an {@link IOException} is the body's own. */
  Received receive(InputStream body) throws IOException {
    reserve.require();
    byte[] start = new byte[SHORT_BYTES];
    int filled = fill(body, start, 0);
    if (filled == start.length) {
      start = Arrays.copyOf(start, INLINE_BYTES + 1);
      filled = fill(body, start, filled);
    }
    if (filled <= INLINE_BYTES) {
      digest.update(start, 0, filled);
      return new Received(hash(), Arrays.copyOf(start, filled));
    }
    Path temporary = disk.work(this::createFile);
    boolean whole = false;
    try {
      Received received = receive(start, body, temporary);
      whole = true;
      return received;
    } finally {
      if (!whole) {
        disk.step(() -> Files.deleteIfExists(temporary));
      }
    }
  }

  private Path createFile() throws IOException {
    if (!Files.isDirectory(incoming)) {
      presence.require(); // only the folder is gone
      Home.createFolder(incoming);
    }
    return Files.createTempFile(incoming, PREFIX, "");
  }

  private Received receive(byte[] start, InputStream body, Path temporary) throws IOException {
    long length;
    try (IncomingFile file = disk.work(() -> new IncomingFile(temporary, digest))) {
      append(file, start, start.length);
      byte[] buffer = new byte[IncomingFile.BUFFER_BYTES];
      byte[] other = new byte[IncomingFile.BUFFER_BYTES];
      for (int count = fill(body, buffer, 0); count > 0; count = fill(body, buffer, 0)) {
        append(file, buffer, count);
        byte[] free = other;
        other = buffer;
        buffer = free;
      }
      disk.step(file::sync);
      length = file.length();
    }
    return place(temporary, length);
  }

  private void append(IncomingFile file, byte[] bytes, int count) {
    disk.step(() -> file.append(bytes, count));
  }

  private Received place(Path temporary, long length) throws IOException {
    String hash = hash();
    blobs.pin(hash);
    Received received = new Received(hash, length, () -> blobs.unpin(hash));
    boolean placed = false;
    try {
      disk.step(() -> blobs.place(temporary, hash));
      placed = true;
      return received;
    } finally {
      if (!placed) {
        received.close();
      }
    }
  }

  /** Fills the buffer from there on as far as the body goes, and tells how far that was. */
  private int fill(InputStream body, byte[] buffer, int from) throws IOException {
    int filled = from;
    while (filled < buffer.length) {
      int count = body.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
      progress.bytes(count);
    }
    return filled;
  }

  private String hash() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The SHA-256 of these bytes, in hexadecimal. */
  static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
