package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * SQLite's write-ahead log, read without SQLite (its file format, §4): that takes a frame whose
 * checksum is wrong for the end, without a word, and a log that is gone for an empty one. Used
 * before the database is opened.
 */
final class WriteAheadLog {
  private static final int HEADER_BYTES = 32;
  private static final int FRAME_HEADER_BYTES = 24;
  private static final int SALT_AT = 16;
  private static final int SALT_BYTES = 8;
  private static final int MAGIC = 0x377f0682; // and one more where the words are big-endian
  private static final int INDEX_BYTES = 48;
  private static final int INDEX_FRAMES_AT = 16;
  private static final int INDEX_SALT_AT = 32;

  /**
   * A transaction begins once the one before is on the disk: only the frames of the last can be
   * half there after a power failure.
   */
  private static final int MOST_COMMITS_LOST = 1;

  private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
  private long sum1;
  private long sum2;
  private long frames;
  private int commitsBehind;

  private WriteAheadLog() {}

  /**
   * Whether the log of a database that was not closed has all that was committed to it.
   *
   * @param index SQLite's own note, beside the log, of how long that is; what a crash of the server
   *     leaves of it is true, what one of the machine leaves is true or of an earlier moment
   */
  static boolean isWhole(Path file, Path index) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    WriteAheadLog log = new WriteAheadLog();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return log.readHeader(channel) && log.readFrames(channel, framesOf(index, log.salt()));
    }
  }

  private byte[] salt() {
    return Arrays.copyOfRange(header.array(), SALT_AT, SALT_AT + SALT_BYTES);
  }

  private boolean readHeader(FileChannel channel) throws IOException {
    if (!fill(channel, header)) {
      return false;
    }
    int magic = header.getInt(0);
    if ((magic & ~1) != MAGIC) {
      return false;
    }
    sum(header, 0, 24);
    return (int) sum1 == header.getInt(24) && (int) sum2 == header.getInt(28);
  }

  private boolean readFrames(FileChannel channel, long expected) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(FRAME_HEADER_BYTES + header.getInt(8));
    boolean right = true;
    while (fill(channel, frame.clear())) {
      boolean ours = Arrays.equals(salt(), Arrays.copyOfRange(frame.array(), 8, 16));
      if (right && ours && isRight(frame)) {
        frames++;
      } else {
        right = false;
        commitsBehind += ours && frame.getInt(4) != 0 ? 1 : 0;
      }
    }
    return frames >= expected && commitsBehind <= MOST_COMMITS_LOST;
  }

  private boolean isRight(ByteBuffer frame) {
    sum(frame, 0, 8);
    sum(frame, FRAME_HEADER_BYTES, frame.capacity());
    return (int) sum1 == frame.getInt(16) && (int) sum2 == frame.getInt(20);
  }

  /** Goes on with the checksum, over pairs of words. */
  private void sum(ByteBuffer bytes, int from, int to) {
    ByteOrder order = (header.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    ByteBuffer words = bytes.duplicate().order(order);
    for (int at = from; at < to; at += 8) {
      sum1 = sum1 + (words.getInt(at) & 0xFFFFFFFFL) + sum2 & 0xFFFFFFFFL;
      sum2 = sum2 + (words.getInt(at + 4) & 0xFFFFFFFFL) + sum1 & 0xFFFFFFFFL;
    }
  }

  /** How many frames are committed, as far as the index is about this log. */
  private static long framesOf(Path index, byte[] salt) throws IOException {
    ByteBuffer twice = ByteBuffer.allocate(2 * INDEX_BYTES).order(ByteOrder.nativeOrder());
    try (FileChannel channel = FileChannel.open(index, StandardOpenOption.READ)) {
      if (!fill(channel, twice)) {
        return 0;
      }
    } catch (NoSuchFileException e) {
      return 0;
    }
    byte[] bytes = twice.array();
    boolean settled = Arrays.equals(bytes, 0, INDEX_BYTES, bytes, INDEX_BYTES, 2 * INDEX_BYTES);
    boolean same =
        Arrays.equals(bytes, INDEX_SALT_AT, INDEX_SALT_AT + SALT_BYTES, salt, 0, SALT_BYTES);
    return settled && same ? twice.getInt(INDEX_FRAMES_AT) & 0xFFFFFFFFL : 0;
  }

  /** False where less is left than the buffer takes. */
  private static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        return false;
      }
    }
    return true;
  }
}
