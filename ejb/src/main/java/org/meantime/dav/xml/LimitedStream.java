package org.meantime.dav.xml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;

/**
 * A body of limited size. Throws a 413 past the limit, and a failure of the connection unchecked,
 * so that neither is taken for malformed XML on its way through the parser.
 */
final class LimitedStream extends InputStream {
  private final InputStream in;
  private long left;

  LimitedStream(InputStream in, long maxBytes) {
    this.in = in;
    this.left = maxBytes;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int from, int length) {
    try {
      int count = in.read(bytes, from, length);
      left -= Math.max(count, 0);
      if (left < 0) {
        throw new DavException(Status.CONTENT_TOO_LARGE, "the XML body is too large");
      }
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
