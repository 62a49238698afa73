package org.meantime.dav.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.ReadableByteChannel;
import org.meantime.dav.StorageException;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.FileSink;

/**
 * The way to the client. Tells its failure, which means that the client is gone, from a failure of
 * the content that is copied into it, which is ours.
 */
final class ClientStream extends FilterOutputStream implements FileSink {
  private final RenderedReply reply;

  private ClientStream(OutputStream out, RenderedReply reply) {
    super(out);
    this.reply = reply;
  }

  /** Has the content written to the stream of that reply. */
  static void copy(Body body, OutputStream out, RenderedReply reply) {
    try {
      body.writeTo(new ClientStream(out, reply));
    } catch (IOException e) {
      throw new StorageException("the content cannot be read", e);
    }
  }

  @Override
  public void write(int b) {
    try {
      out.write(b);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int count) {
    try {
      out.write(bytes, offset, count);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw gone(e);
    }
  }

  @Override
  public boolean send(ReadableByteChannel file, long count) {
    try {
      return reply.send(file, count, out);
    } catch (IOException e) {
      throw gone(e);
    }
  }

  /** What every failure on the way to the client becomes. */
  static UncheckedIOException gone(IOException e) {
    return new UncheckedIOException("the client is gone", e);
  }
}
