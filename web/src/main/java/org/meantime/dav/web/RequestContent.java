package org.meantime.dav.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.Digits;
import org.meantime.dav.Status;
import org.meantime.dav.web.interim.RawExchange;

/**
 * The content of one request, and whether it has been received to its end. Read by one thread at a
 * time; {@link #ended} may be asked from any.
 */
final class RequestContent {
  private static final int LONGEST_LENGTH = 18; // digits

  private final HttpServletRequest request;
  private final RawExchange exchange;
  private final boolean http1;
  private final Optional<String> declared;
  private final long length;
  private volatile boolean ended;
  private boolean asked;
  private boolean broken;
  private long read;

  RequestContent(HttpServletRequest request, RawExchange exchange) {
    this.request = request;
    this.exchange = exchange;
    http1 = request.getProtocol().startsWith("HTTP/1");
    declared = Optional.ofNullable(request.getHeader("Content-Length"));
    length = declared.filter(RequestContent::isLength).map(Long::parseLong).orElse(-1L);
    // RFC 9112 §6.3: without Content-Length and Transfer-Encoding a request has no content; in
    // HTTP/2 only the end of the stream tells
    boolean coded = request.getHeader("Transfer-Encoding") != null;
    ended = http1 && (length == 0 || declared.isEmpty() && !coded);
  }

  private static boolean isLength(String text) {
    return text.length() <= LONGEST_LENGTH && Digits.isNumber(text);
  }

  /** RFC 9112 §6.3: a Content-Length that is none is an unrecoverable error. */
  void requireLength() {
    if (declared.isPresent() && length < 0) {
      throw DavException.badRequest("the Content-Length is none");
    }
  }

  /** The Content-Length, or -1. */
  long length() {
    return length;
  }

  /** True once nothing of the request is still to come. */
  boolean ended() {
    return ended;
  }

  /** True while the client goes on sending: who waits to be told to, and was not, does not. */
  boolean isBeingSent() {
    return !ended && (asked || request.getHeader("Expect") == null);
  }

  /** Has a client that waits to be told to send its content do so. */
  void ask() throws IOException {
    if (!asked && !ended) {
      asked = true;
      exchange.askForContent();
    }
  }

  /** True for HTTP/1.0 and HTTP/1.1, where content left unread stands before the next request. */
  boolean http1() {
    return http1;
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

  /**
   * Notices the end, and what was no proper one; after that every read fails, so that no reader
   * takes it for the end after all.
   */
  private final class Tracked extends FilterInputStream {
    Tracked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (broken) {
        throw new EOFException("the content did not come to its end");
      }
      if (ended) { // the request may have ended too, and the container use its stream for another
        return -1;
      }
      broken = true; // unless what follows ends well
      ask();
      int n = super.read(bytes, offset, count);
      count(n);
      broken = false;
      return n;
    }

    @Override
    public long skip(long count) throws IOException {
      int most = (int) Math.min(count, 8192);
      return Math.max(0, read(new byte[most], 0, most));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    /** Not the container's stream, which would wait for the rest before the client is answered. */
    @Override
    public void close() {}

    private void count(int n) throws IOException {
      read += Math.max(0, n);
      if (n < 0) {
        end();
      } else if (read == length && http1) {
        ended = true; // for whoever stops here without asking for more
      } else if (read == length && super.read() < 0) {
        end();
      } else if (length >= 0 && read >= length) {
        // RFC 9113 §8.1.1: a length that is not the sum of the DATA frames makes it malformed
        throw new IOException("more content came than was declared");
      }
    }

    /** The container's word for no more is not enough: some say it of a connection that broke. */
    private void end() throws IOException {
      if (read < length || !exchange.isContentWhole()) {
        throw new EOFException("the content ended before its end");
      }
      ended = true;
    }
  }
}
