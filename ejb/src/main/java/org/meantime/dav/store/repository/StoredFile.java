package org.meantime.dav.store.repository;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.meantime.dav.DavException;

/**
 * A part of the content in a file. Its last bytes are given out only when the whole file is known
 * to be right and unchanged: who got all of it got what was stored. What was not checked before is
 * checked when it is opened, or where that would take a while, beside the one who reads.
 */
final class StoredFile extends InputStream implements ReadableByteChannel {
  /** What is longer is read while it is checked. */
  private static final long SHORT_BYTES = 8L * 1024 * 1024;

  private final ContentChecks checks;
  private final Path path;
  private final Function<IOException, DavException> damage;
  private final FileIdentity identity;
  private final FileInputStream in;
  private final boolean right;
  private long left;
  private Optional<Future<Void>> check = Optional.empty();

  /**
   * The whole content at the path, which is named by its hash, to be read even if it is deleted
   * meanwhile. What is thrown because it is not that content, here as far as that is known by now,
   * {@code damage} makes.
   */
  StoredFile(
      ContentChecks checks, Path path, long length, Function<IOException, DavException> damage) {
    this.checks = checks;
    this.path = path;
    this.damage = damage;
    this.left = length;
    try {
      identity = FileIdentity.of(path);
      right = isRight(length);
      // Not a channel's stream: that would be closed by an interrupt of the thread.
      in = new FileInputStream(path.toFile());
    } catch (IOException e) {
      throw damage.apply(e);
    }
  }

  private boolean isRight(long length) throws IOException {
    String sha256 = path.getFileName().toString();
    if (identity.size() != length) {
      throw new WrongContentException("it has " + identity.size() + " of " + length + " bytes");
    }
    if (length <= SHORT_BYTES && !checks.isRight(sha256, identity)) {
      checks.check(path, length, (buffer, count) -> {});
    }
    return checks.isRight(sha256, identity);
  }

  /** Narrows it to that part. */
  StoredFile part(long first, long count) throws IOException {
    in.getChannel().position(first);
    left = count;
    return this;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int count) throws IOException {
    return read(() -> in.read(buffer, offset, (int) Math.min(count, left)));
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int limit = buffer.limit();
    buffer.limit((int) Math.min(limit, buffer.position() + left));
    try {
      return read(() -> in.getChannel().read(buffer));
    } finally {
      buffer.limit(limit);
    }
  }

  @FunctionalInterface
  private interface Reading {
    int read() throws IOException;
  }

  private int read(Reading reading) throws IOException {
    if (left == 0) {
      return -1;
    }
    try {
      if (!right && check.isEmpty()) {
        check = Optional.of(checks.begin(path, identity.size()));
      }
      return took(reading.read());
    } catch (InterruptedIOException | ClosedChannelException e) { // of the thread, not of the file
      throw e;
    } catch (IOException e) {
      throw damage.apply(e);
    }
  }

  private int took(int count) throws IOException {
    if (count < 0) {
      throw new WrongContentException("it was cut while it was read");
    }
    left -= count;
    if (left == 0) {
      confirm();
    }
    return count;
  }

  /** Called before the last bytes go out. */
  private void confirm() throws IOException {
    if (check.isPresent()) {
      await(check.get());
    }
    Optional<FileIdentity> now = now();
    if (now.isPresent() && now.get().key().equals(identity.key())) {
      requireRight(now.get());
    } else if (!right) {
      throw new WrongContentException("it was taken away while it was checked");
    }
    // what was right and is gone from the path stays as it is for those who have it open
  }

  private Optional<FileIdentity> now() throws IOException {
    try {
      return Optional.of(FileIdentity.of(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** What changed is looked through once more: it may have got another link or other rights. */
  private void requireRight(FileIdentity now) throws IOException {
    String sha256 = path.getFileName().toString();
    if (!checks.isRight(sha256, now)) {
      await(checks.begin(path, identity.size()));
    }
    if (!checks.isRight(sha256, FileIdentity.of(path))) {
      throw new WrongContentException("it changed while it was read");
    }
  }

  private static void await(Future<Void> check) throws IOException {
    try {
      check.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public boolean isOpen() {
    return in.getChannel().isOpen();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
