package org.meantime.dav.store.repository;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Which files of content hold what their names say. A file that was found right is trusted until it
 * changes, or the server stops, or {@value #MOST} others were found right since.
 */
final class ContentChecks implements AutoCloseable {
  private static final int MOST = 20_000;
  private static final int BUFFER_BYTES = 256 * 1024;
  private static final int IDLE_SECONDS = 10;

  private final Map<String, FileIdentity> right =
      new LinkedHashMap<>(16, 0.75f, true) { // guarded by itself
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FileIdentity> eldest) {
          return size() > MOST;
        }
      };

  /** Under way, so that all who want the same content wait for one check. */
  private final ConcurrentHashMap<String, FutureTask<Void>> running = new ConcurrentHashMap<>();

  private final ThreadPoolExecutor threads;
  private volatile boolean closed;

  ContentChecks() {
    int processors = Runtime.getRuntime().availableProcessors();
    threads =
        new ThreadPoolExecutor(
            processors,
            processors,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            ContentChecks::thread);
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(null, work, "meantime-check", 0, false);
    thread.setDaemon(true);
    thread.setContextClassLoader(ContentChecks.class.getClassLoader());
    return thread;
  }

  /** Given each part that was read, by who reads; may wait, and may throw to stop. */
  @FunctionalInterface
  interface Part {
    void read(byte[] buffer, int count) throws IOException;
  }

  /** Whether the file of that hash was found right, and is that one still. */
  boolean isRight(String sha256, FileIdentity file) {
    synchronized (right) {
      return file.equals(right.get(sha256));
    }
  }

  /** The file of that hash is right, as who calls knows. */
  void trust(String sha256, FileIdentity file) {
    synchronized (right) {
      right.put(sha256, file);
    }
  }

  /** The file of that hash is not right, whatever was known before. */
  void distrust(String sha256) {
    synchronized (right) {
      right.remove(sha256);
    }
  }

  /** As {@link #check}, but reads nothing where the file is known to be right. */
  void requireRight(Path file, long length, Part part) throws IOException {
    FileIdentity identity = FileIdentity.of(file);
    if (identity.size() != length || !isRight(file.getFileName().toString(), identity)) {
      check(file, length, part);
    }
  }

  /**
   * Reads the file to its end, and trusts it from then on.
   *
   * @throws WrongContentException if it holds something else than its name says
   */
  void check(Path file, long length, Part part) throws IOException {
    FileIdentity identity =
        read(
            file,
            length,
            (buffer, count) -> {
              if (closed) {
                throw Database.closing();
              }
              part.read(buffer, count);
            });
    trust(file.getFileName().toString(), identity);
  }

  /**
   * Reads the file to its end, and tells which it was. It is not trusted by that. What is no
   * regular file is not opened, for to open a pipe may take for ever; nor is one of another length.
   *
   * @throws WrongContentException if it holds something else than its name says
   */
  static FileIdentity read(Path file, long length, Part part) throws IOException {
    FileIdentity before = FileIdentity.of(file);
    if (!Files.isRegularFile(file)) {
      throw new WrongContentException("it is no regular file");
    }
    if (before.size() != length) {
      throw new WrongContentException("its file has " + before.size() + " bytes for " + length);
    }
    if (!hash(file, part).equals(file.getFileName().toString())) {
      throw new WrongContentException("its bytes are not those that were stored");
    }
    if (!FileIdentity.of(file).equals(before)) {
      throw new WrongContentException("it changed while it was checked");
    }
    return before;
  }

  /** What is wrong with a file that {@link #read} could not read. */
  static String told(IOException e) {
    return e instanceof WrongContentException ? e.getMessage() : "its file cannot be used, " + e;
  }

  private static String hash(Path file, Part part) throws IOException {
    MessageDigest digest = Receiver.sha256();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = new FileInputStream(file.toFile())) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        digest.update(buffer, 0, got);
        part.read(buffer, got);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Has the file checked beside the caller, once for all who ask meanwhile. */
  FutureTask<Void> begin(Path file, long length) {
    return running.computeIfAbsent(
        file.getFileName().toString(), sha256 -> submit(sha256, file, length));
  }

  private FutureTask<Void> submit(String sha256, Path file, long length) {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try {
                check(file, length, (buffer, count) -> {});
              } finally {
                running.remove(sha256);
              }
              return null;
            });
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw Database.closing();
    }
    return task;
  }

  @Override
  public void close() {
    closed = true;
    threads.shutdown();
  }
}
