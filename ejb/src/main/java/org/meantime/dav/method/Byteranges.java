package org.meantime.dav.method;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.UUID;

/** The content of a 206 with several ranges: {@code multipart/byteranges} (RFC 9110 §14.6). */
final class Byteranges {
  private final String boundary = UUID.randomUUID().toString();
  private final String mediaType;
  private final long total;
  private final List<Range> ranges;

  Byteranges(String mediaType, long total, List<Range> ranges) {
    this.mediaType = mediaType;
    this.total = total;
    this.ranges = ranges;
  }

  /** Writes the bytes of one range. */
  interface Part {
    void write(Range range) throws IOException;
  }

  String contentType() {
    return "multipart/byteranges; boundary=" + boundary;
  }

  long length() {
    long length = end().length;
    for (Range range : ranges) {
      length += head(range).length + range.length();
    }
    return length;
  }

  void write(OutputStream out, Part part) throws IOException {
    for (Range range : ranges) {
      out.write(head(range));
      part.write(range);
    }
    out.write(end());
  }

  private byte[] head(Range range) {
    return ("\r\n--"
            + boundary
            + "\r\nContent-Type: "
            + mediaType
            + "\r\nContent-Range: "
            + range.contentRange(total)
            + "\r\n\r\n")
        .getBytes(US_ASCII);
  }

  private byte[] end() {
    return ("\r\n--" + boundary + "--\r\n").getBytes(US_ASCII);
  }
}
