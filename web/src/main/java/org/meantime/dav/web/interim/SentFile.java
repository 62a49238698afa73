package org.meantime.dav.web.interim;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** What sendfile(2) does not say: whether it was the file or the client that failed. */
final class SentFile {
  private SentFile() {}

  /** Throws where the file cannot be read at the offset at which it failed. */
  static void requireReadable(FileChannel file, long offset) {
    try {
      file.read(ByteBuffer.allocate(1), offset);
    } catch (IOException e) {
      throw new IllegalStateException("the content cannot be read", e);
    }
  }
}
