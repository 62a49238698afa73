package org.meantime.dav.store.repository;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.meantime.dav.store.Upload;

/**
 * Content that is safe on disk, or small and in memory, and that no resource need refer to yet.
 * While it is open its file is not swept.
 */
final class Received implements Upload {
  private final String sha256;
  private final long length;
  private final Optional<byte[]> bytes;
  private final Runnable release;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Content small enough for the database. */
  Received(String sha256, byte[] bytes) {
    this.sha256 = sha256;
    this.length = bytes.length;
    this.bytes = Optional.of(bytes);
    this.release = () -> {};
  }

  /** Content in a file of the blob folder, pinned until {@code release} is run. */
  Received(String sha256, long length, Runnable release) {
    this.sha256 = sha256;
    this.length = length;
    this.bytes = Optional.empty();
    this.release = release;
  }

  String sha256() {
    return sha256;
  }

  @Override
  public long length() {
    return length;
  }

  /** All of it where it belongs into the database. */
  Optional<byte[]> bytes() {
    return bytes;
  }

  /** 128 bits of the hash: equal content has an equal tag, and other content another. */
  String entityTag() {
    return entityTag(sha256);
  }

  static String entityTag(String sha256) {
    return sha256.substring(0, 32);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      release.run();
    }
  }
}
