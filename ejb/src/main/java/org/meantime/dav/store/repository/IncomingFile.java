package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.meantime.dav.SecondThread;

/**
 * The temporary file of content that is being received: hashed while the next is received, and on
 * its way to the disk long before the end. Every failure of the disk is thrown by what is called
 * next, by {@link #sync} at the latest.
 */
final class IncomingFile implements AutoCloseable {
  /** As much as is worth another thread's while. */
  static final int BUFFER_BYTES = 256 * 1024;

  private static final long SYNC_BYTES = 64L * 1024 * 1024;

  private final FileChannel file;
  private final MessageDigest digest;
  private final SecondThread hashing = new SecondThread("meantime-hash");
  private final SecondThread syncing = new SecondThread("meantime-sync");
  private long length;
  private long synced;

  IncomingFile(Path path, MessageDigest digest) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.WRITE);
    this.digest = digest;
  }

  long length() {
    return length;
  }

  /** Adds content; it must not be changed before the next call has returned. */
  void append(byte[] bytes, int count) throws IOException {
    if (count < BUFFER_BYTES) {
      hashing.await();
      digest.update(bytes, 0, count);
    } else {
      hashing.begin(() -> hash(bytes, count));
    }
    Disk.write(file, ByteBuffer.wrap(bytes, 0, count));
    length += count;
    if (length - synced >= SYNC_BYTES && syncing.isIdle()) {
      synced = length;
      syncing.begin(() -> force(false));
    }
  }

  /** All of it is hashed, and safe from power failures. */
  void sync() throws IOException {
    syncing.await(); // the disk tells of a failed write only once
    force(true);
    hashing.await();
  }

  private Void hash(byte[] bytes, int count) {
    digest.update(bytes, 0, count);
    return null;
  }

  private Void force(boolean metadata) throws IOException {
    file.force(metadata);
    return null;
  }

  @Override
  public void close() throws IOException {
    hashing.close();
    syncing.close();
    file.close();
  }
}
