package org.meantime.dav.web.interim;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Takes in what a client is still sending although it has its answer (RFC 9112 §9.6), for as long
 * as it is not too much and no thread has to wait for long.
 */
final class Linger {
  private static final long MOST = 16L << 20; // bytes
  private static final long LONGEST = Duration.ofSeconds(30).toNanos();
  private static final long SILENCE = Duration.ofSeconds(2).toNanos();
  private static final long PAUSE = Duration.ofMillis(10).toNanos();

  private Linger() {}

  /** Where the engine itself gives up a read that takes too long. */
  static void reading(InputStream content) throws IOException {
    byte[] buffer = new byte[8192];
    long read = 0;
    for (int n = 0; n >= 0 && read < MOST; n = content.read(buffer)) {
      read += n;
    }
  }

  /** Where {@link InputStream#available} tells what has arrived, and -1 at the end. */
  static void asItArrives(InputStream content) throws IOException {
    byte[] buffer = new byte[8192];
    long begun = System.nanoTime();
    long heard = begun;
    for (long read = 0; read < MOST; ) {
      long now = System.nanoTime();
      int available = content.available();
      if (available < 0 || now - heard > SILENCE || now - begun > LONGEST) {
        return;
      }
      if (available == 0) {
        LockSupport.parkNanos(PAUSE);
      } else {
        read += content.read(buffer, 0, Math.min(available, buffer.length));
        heard = now;
      }
    }
  }
}
