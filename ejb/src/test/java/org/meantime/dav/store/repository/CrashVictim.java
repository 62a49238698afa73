package org.meantime.dav.store.repository;

import static org.meantime.dav.store.repository.TestRepository.content;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Upload;

/**
 * A process that puts, replaces, uploads, copies, moves and deletes until it is killed. What it has
 * been told is done it prints, as {@code put path length seed}, {@code copied path} or {@code
 * deleted path}.
 */
final class CrashVictim {
  private final RepositoryStore store;
  private final String round;

  private CrashVictim(Path home, String round) {
    this.store =
        new RepositoryStore(new Database(home), Clock.systemUTC(), Duration.ZERO, () -> 100);
    this.round = round;
  }

  public static void main(String[] arguments) {
    CrashVictim victim = new CrashVictim(Path.of(arguments[0]), arguments[1]);
    new Thread(() -> victim.put(50)).start();
    new Thread(() -> victim.put(80_000)).start();
    new Thread(victim::replace).start();
    new Thread(victim::copyAndDelete).start();
    new Thread(victim::uploadSlowly).start();
  }

  private void put(int length) {
    for (int i = 0; true; i++) {
      putOnce("/put" + round + "-" + length + "-" + i, length, i % 10);
    }
  }

  private void replace() {
    for (int i = 0; true; i++) {
      putOnce("/replaced" + round, i % 2 == 0 ? 50 : 90_000, i);
    }
  }

  private void putOnce(String path, int length, long seed) {
    try (InputStream body = new ByteArrayInputStream(content(length, seed));
        Upload upload = store.receive(body, Progress.NONE)) {
      transaction(() -> store.put(ResourcePath.parse(path), upload, info()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    say("put " + path + " " + length + " " + seed);
  }

  private void copyAndDelete() {
    for (int i = 0; true; i++) {
      ResourcePath copy = ResourcePath.parse("/copy" + round + "-" + i);
      ResourcePath source = ResourcePath.parse("/source");
      try (StagedTree staged = store.stage(source, Depth.INFINITY, "bob", Progress.NONE)) {
        transaction(() -> staged.attach(copy));
      }
      say("copied " + copy);
      if (i % 2 == 0) {
        transaction(() -> store.deleteTree(copy));
        say("deleted " + copy);
      }
    }
  }

  /** Is always in the middle of an upload that nobody acknowledges. */
  private void uploadSlowly() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] buffer, int offset, int length) {
            LockSupport.parkNanos(1_000_000); // a slow client
            buffer[offset] = 'x';
            return length;
          }
        };
    try {
      store.receive(endless, Progress.NONE).close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static DocumentInfo info() {
    return new DocumentInfo("text/plain", "", "alice");
  }

  private void transaction(Runnable step) {
    store.transaction(
        () -> {
          step.run();
          return null;
        });
  }

  private static void say(String line) {
    synchronized (System.out) {
      System.out.println(line);
      System.out.flush();
    }
  }
}
