package org.meantime.dav.store.repository;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Room on the disk that is kept for deleting, which needs some itself: a file that is given up when
 * the disk is full, and made again once there is room. While it is given up nothing new is taken
 * in. Usable from any thread.
 */
final class Reserve {
  /** As much as deleting has ever needed at a time, several times over. */
  static final int BYTES = 4 * 1024 * 1024;

  private static final System.Logger LOG = System.getLogger(Reserve.class.getName());

  private final Path file;
  private volatile boolean held = true; // until it is known better
  private volatile Runnable whenFull = () -> {};

  Reserve(Path file) {
    this.file = file;
  }

  /** Runs that when the disk turns out to be full. */
  void whenFull(Runnable action) {
    whenFull = action;
  }

  /** Whether there is room for new content. */
  boolean isHeld() {
    return held;
  }

  /** Throws a 507 while there is no room to make it again. */
  void require() {
    if (!held) {
      restore();
      if (!held) {
        throw Disk.full();
      }
    }
  }

  /** The disk is full. */
  synchronized void giveUp() {
    try {
      if (Files.deleteIfExists(file) || held) {
        LOG.log(Level.ERROR, "the disk is full: nothing more is stored until there is room again");
      }
    } catch (IOException e) {
      LOG.log(Level.ERROR, "the disk is full, and its reserve cannot be given up", e);
    }
    if (held) {
      held = false;
      whenFull.run();
    }
  }

  /** Makes it again where it is missing and there is room for it and as much again. */
  synchronized void restore() {
    try {
      if (!Files.exists(file) || Files.size(file) < BYTES) {
        held = hasRoom() && write();
      } else {
        held = true;
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the reserve cannot be made", e);
      giveUpHalf();
    }
  }

  private boolean hasRoom() {
    return file.getParent().toFile().getUsableSpace() >= 2L * BYTES;
  }

  private boolean write() throws IOException {
    try (FileChannel channel =
        Home.openFile(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Disk.write(channel, ByteBuffer.allocate(BYTES));
    }
    return true;
  }

  private void giveUpHalf() {
    held = false;
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "half a reserve stays", e);
    }
  }
}
