package org.meantime.dav.web.interim;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glassfish.grizzly.http2.Http2Session;
import org.glassfish.grizzly.http2.frames.DataFrame;
import org.glassfish.grizzly.http2.frames.HeadersFrame;
import org.glassfish.grizzly.http2.frames.Http2Frame;
import org.glassfish.grizzly.http2.frames.PingFrame;
import org.glassfish.grizzly.http2.frames.SettingsFrame;
import org.glassfish.grizzly.nio.NIOConnection;

/** What came on one HTTP/2 connection, and what Grizzly would take too well. Any thread. */
final class GrizzlyFrames {
  /**
   * Each answer that a client does not read holds some 6 KiB; a queue that has not drained once in
   * a minute, in which so many were asked for, is not read. The client of a slow download asks
   * less.
   */
  private static final int MOST_UNREAD = 100;

  private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int MANY_STREAMS = 1_000;
  private static final byte END_STREAM = DataFrame.END_STREAM; // and that of a HEADERS frame
  private static final byte ACK = PingFrame.ACK_FLAG; // and that of a SETTINGS frame

  // Guarded by this.
  private final Set<Integer> ended = new HashSet<>();
  private long since = System.nanoTime();
  private int unread;

  /** Takes out what comes after the end of its stream, where nothing can (RFC 9113 §5.1). */
  synchronized void dropAfterTheEnd(Http2Session session, List<Http2Frame> frames) {
    frames.removeIf(this::isAfterTheEnd);
    if (ended.size() > MANY_STREAMS) {
      ended.removeIf(stream -> session.getStream(stream) == null);
    }
  }

  private boolean isAfterTheEnd(Http2Frame frame) {
    boolean data = frame.getType() == DataFrame.TYPE;
    boolean late = data && ended.contains(frame.getStreamId());
    if ((data || frame.getType() == HeadersFrame.TYPE) && frame.isFlagSet(END_STREAM)) {
      ended.add(frame.getStreamId());
    }
    return late;
  }

  /** Whether the client asks on and on for answers that it does not read. */
  synchronized boolean isFlood(NIOConnection connection, List<Http2Frame> frames) {
    long now = System.nanoTime();
    if (connection.getAsyncWriteQueue().spaceInBytes() == 0 || now - since > MINUTE_NANOS) {
      since = now;
      unread = 0;
    }
    for (Http2Frame frame : frames) {
      boolean asks = frame.getType() == PingFrame.TYPE || frame.getType() == SettingsFrame.TYPE;
      if (asks && !frame.isFlagSet(ACK)) {
        unread++;
      }
    }
    return unread > MOST_UNREAD;
  }
}
