package org.meantime.it.http;

import java.util.ArrayList;
import java.util.List;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpConnection;
import org.apache.hc.core5.http2.frame.FrameFlag;
import org.apache.hc.core5.http2.frame.FrameType;
import org.apache.hc.core5.http2.frame.RawFrame;
import org.apache.hc.core5.http2.impl.nio.H2StreamListener;

/** The frames a connection has received, but for those about the connection as a whole. */
public final class Http2Frames implements H2StreamListener {
  /**
   * One frame.
   *
   * @param type as in RFC 9113 §6, such as {@code HEADERS}
   */
  public record Frame(int stream, String type, boolean endStream, boolean endHeaders) {}

  private final List<Frame> frames = new ArrayList<>();

  Http2Frames() {}

  /** Those of that type, in order. */
  public synchronized List<Frame> ofType(String type) {
    return frames.stream().filter(frame -> frame.type().equals(type)).toList();
  }

  /** How many streams the server ended as whole. */
  public synchronized long countEnded() {
    return frames.stream().filter(Frame::endStream).count();
  }

  @Override
  public synchronized void onFrameInput(HttpConnection connection, int stream, RawFrame frame) {
    FrameType type = FrameType.valueOf(frame.getType());
    if (stream > 0 && type != null) {
      boolean message = type == FrameType.HEADERS || type == FrameType.DATA;
      frames.add(
          new Frame(
              stream,
              type.name(),
              message && frame.isFlagSet(FrameFlag.END_STREAM),
              message && frame.isFlagSet(FrameFlag.END_HEADERS)));
    }
  }

  @Override
  public void onFrameOutput(HttpConnection connection, int stream, RawFrame frame) {}

  @Override
  public void onHeaderInput(
      HttpConnection connection, int stream, List<? extends Header> headers) {}

  @Override
  public void onHeaderOutput(
      HttpConnection connection, int stream, List<? extends Header> headers) {}

  @Override
  public void onInputFlowControl(HttpConnection connection, int stream, int delta, int actual) {}

  @Override
  public void onOutputFlowControl(HttpConnection connection, int stream, int delta, int actual) {}
}
