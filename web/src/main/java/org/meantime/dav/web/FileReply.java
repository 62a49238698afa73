package org.meantime.dav.web;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.KeptReply;

/** A final response that nobody waits for, in a temporary file. Written by one thread. */
final class FileReply extends RenderedReply implements KeptReply {
  private static final System.Logger LOG = System.getLogger(FileReply.class.getName());

  private volatile Optional<Path> file = Optional.empty();
  private Optional<OutputStream> out = Optional.empty();
  private boolean committed;
  private volatile boolean lost;
  private volatile long length;
  private BooleanSupplier room = () -> true;

  FileReply(String base) {
    super(base, false);
  }

  @Override
  OutputStream open() {
    lost = true; // until there is a file for it
    try {
      file = Optional.of(Files.createTempFile("meantime-result-", ""));
      out = Optional.of(new Bounded(Files.newOutputStream(file.get())));
      lost = false;
      return out.get();
    } catch (IOException e) {
      throw unkept(e);
    }
  }

  /** What any failure becomes: the disk is ours, and no client is gone. */
  private static StorageException unkept(IOException e) {
    return new StorageException("a result cannot be kept", e);
  }

  @Override
  public long length() {
    return file.isPresent() ? length : 0;
  }

  @Override
  public void bound(BooleanSupplier room) {
    this.room = room;
  }

  /** Asks for room each {@value #STEP} bytes. */
  private final class Bounded extends FilterOutputStream {
    private static final int STEP = 256 * 1024;
    private long asked;

    Bounded(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
      length += count;
      if (length - asked >= STEP) {
        asked = length;
        if (!room.getAsBoolean()) {
          throw unkept(new IOException("the results that are kept would take too much"));
        }
      }
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        throw unkept(e);
      }
    }

    @Override
    public void flush() {
      try {
        out.flush();
      } catch (IOException e) {
        throw unkept(e);
      }
    }
  }

  @Override
  void commit(Status status) {
    committed = true;
  }

  @Override
  boolean isCommitted() {
    return committed;
  }

  @Override
  void reset() {}

  /** A result that is not whole is none. */
  @Override
  void abort() {
    close();
    forget();
  }

  @Override
  void finish() {
    close();
  }

  private void close() {
    try {
      if (out.isPresent()) {
        out.get().close();
      }
    } catch (IOException e) {
      throw unkept(e);
    }
  }

  @Override
  public Map<String, String> headers() {
    return Map.copyOf(fields());
  }

  @Override
  public Optional<Body> content() {
    return file.map(path -> to -> Files.copy(path, to));
  }

  @Override
  public boolean isLost() {
    return lost;
  }

  @Override
  public void forget() {
    Optional<Path> forgotten = file;
    lost |= forgotten.isPresent();
    file = Optional.empty();
    try {
      if (forgotten.isPresent()) {
        Files.deleteIfExists(forgotten.get());
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "a result stays on the disk", e);
    }
  }
}
