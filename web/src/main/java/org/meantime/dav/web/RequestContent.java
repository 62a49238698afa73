package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.web.interim.RawExchange;

/**
 * The content of one request, and whether it has been received to its end. Read by one thread at a
 * time; {@link #ended} may be asked from any.
 */
final class RequestContent {
  private final HttpServletRequest request;
  private final RawExchange exchange;
  private final long length;
  private volatile boolean ended;

  RequestContent(HttpServletRequest request, RawExchange exchange) {
    this.request = request;
    this.exchange = exchange;
    length = request.getContentLengthLong();
    // RFC 9112 §6.3: without Content-Length and Transfer-Encoding a request has no content; in
    // HTTP/2 only the end of the stream tells
    ended = length == 0 || length < 0 && http1() && request.getHeader("Transfer-Encoding") == null;
  }

  /** The Content-Length, or -1. */
  long length() {
    return length;
  }

  /** True once nothing of the request is still to come. */
  boolean ended() {
    return ended;
  }

  /** True while the client goes on sending unasked: who waits to be told to continue does not. */
  boolean isBeingSent() {
    return !ended && request.getHeader("Expect") == null;
  }

  /** True for HTTP/1.0 and HTTP/1.1, where content left unread stands before the next request. */
  boolean http1() {
    return request.getProtocol().startsWith("HTTP/1");
  }

  InputStream open() throws IOException {
    return ended ? InputStream.nullInputStream() : new Tracked(request.getInputStream());
  }

  /** The content as a stream that may hold {@code max} bytes; a Content-Length above is a 413. */
  InputStream open(long max) throws IOException {
    if (length > max) {
      throw tooLarge();
    }
    return open();
  }

  /** Reads and forgets what is left; more than {@code max} bytes of it are a 413. */
  void drain(long max) throws IOException {
    if (!ended) {
      InputStream in = open(max);
      byte[] buffer = new byte[8192];
      long left = max;
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        left -= n;
        if (left < 0) {
          throw tooLarge();
        }
      }
    }
  }

  /** RFC 4918 §9.3: a MKCOL body of a type not understood is a 415; we understand none. */
  void refuse() throws IOException {
    if (length > 0 || open().read() >= 0) {
      throw new DavException(Status.UNSUPPORTED_MEDIA_TYPE, "no content is understood here");
    }
  }

  private static DavException tooLarge() {
    return new DavException(Status.CONTENT_TOO_LARGE, "the content is too large");
  }

  /** Notices the end, also where the reader stops at Content-Length without asking for more. */
  private final class Tracked extends FilterInputStream {
    private long read;

    Tracked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count(b < 0 ? b : 1);
      return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      int n = super.read(bytes, offset, count);
      count(n);
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      long n = super.skip(count);
      count(n);
      return n;
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** The container's word for no more is not enough: some say it of a connection that broke. */
    private void count(long n) throws IOException {
      read += Math.max(0, n);
      if (n < 0 && !exchange.isContentWhole()) {
        throw new EOFException("the content ended before its end");
      }
      if (n < 0 || read == length) {
        ended = true;
      }
    }
  }
}
