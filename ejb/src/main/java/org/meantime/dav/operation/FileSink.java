package org.meantime.dav.operation;

import java.nio.channels.ReadableByteChannel;

/** What the stream a {@link Body} is written to may be too: a way for files as they are. */
public interface FileSink {
  /**
   * Sends that many bytes of the file, which are there, from its position on, with fewer copies
   * than through a stream.
   *
   * @return false where this response offers no such way; nothing was sent then
   */
  boolean send(ReadableByteChannel file, long count);
}
