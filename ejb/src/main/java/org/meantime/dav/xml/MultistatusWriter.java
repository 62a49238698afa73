package org.meantime.dav.xml;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;

/**
 * Streams a {@code DAV:multistatus} (RFC 4918 §14.16): each response is written when it comes and
 * none is kept. Not for several threads at a time. Where the stream fails, every method throws an
 * {@link java.io.UncheckedIOException}. Does not close the stream.
 */
public final class MultistatusWriter {
  private static final Tag MULTISTATUS = Tag.of("multistatus");

  private final XmlOutput out;
  private final BoundWriter writer;

  /** Begins the document; nothing reaches {@code out} before a buffer is full or flushed. */
  public MultistatusWriter(OutputStream out) {
    this.out = new XmlOutput(out);
    this.writer = new BoundWriter(this.out);
    this.out.start(MULTISTATUS);
  }

  /** A whole document with that response alone. */
  public static byte[] document(Response only) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MultistatusWriter writer = new MultistatusWriter(bytes);
    writer.write(only);
    writer.end();
    return bytes.toByteArray();
  }

  /** Writes one response. */
  public void write(Response response) {
    out.newline();
    writer.write(response);
  }

  /** Sends white space between two responses, which keeps the connection alive. */
  public void keepAlive() {
    out.newline();
    out.flush();
  }

  /** Sends what was written so far. */
  public void flush() {
    out.flush();
  }

  /** Ends the document and flushes it. */
  public void end() {
    out.newline();
    out.end(MULTISTATUS);
    out.newline();
    out.flush();
  }
}
