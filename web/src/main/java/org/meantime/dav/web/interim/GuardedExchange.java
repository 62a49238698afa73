package org.meantime.dav.web.interim;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Map;
import org.meantime.dav.Status;

/**
 * Retires an adapter's exchange for the rest of its request once it throws anything but the {@link
 * IOException} of a client that is gone, and logs that once: a heartbeat never fails a request.
 */
final class GuardedExchange implements RawExchange {
  private static final System.Logger LOG = System.getLogger(GuardedExchange.class.getName());
  private volatile RawExchange exchange;

  GuardedExchange(RawExchange exchange) {
    this.exchange = exchange;
  }

  @Override
  public boolean sendProcessing(Map<String, String> fields) throws IOException {
    try {
      return exchange.sendProcessing(fields);
    } catch (RuntimeException | LinkageError e) {
      retire(e);
      return false;
    }
  }

  @Override
  public boolean isOpen() {
    try {
      return exchange.isOpen();
    } catch (RuntimeException | LinkageError e) {
      retire(e);
      return true;
    }
  }

  @Override
  public boolean isContentWhole() {
    try {
      return exchange.isContentWhole();
    } catch (RuntimeException | LinkageError e) {
      retire(e);
      return true;
    }
  }

  /** Nothing here stands in for one that fails: nobody is let in by mistake. */
  @Override
  public boolean login(
      HttpServletRequest request, HttpServletResponse response, String user, String password)
      throws IOException, ServletException {
    return exchange.login(request, response, user, password);
  }

  @Override
  public void askForContent() throws IOException {
    try {
      exchange.askForContent();
    } catch (RuntimeException | LinkageError e) {
      retire(e);
    }
  }

  @Override
  public void limitSilence(Duration longest) {
    try {
      exchange.limitSilence(longest);
    } catch (RuntimeException | LinkageError e) {
      retire(e);
    }
  }

  @Override
  public void linger(InputStream content, Linger linger) throws IOException {
    try {
      exchange.linger(content, linger);
    } catch (RuntimeException | LinkageError e) {
      linger.end();
      retire(e);
    }
  }

  /** What fails in the middle of a file fails the response: none can say how much was sent. */
  @Override
  public boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
    try {
      return exchange.send(file, count, out);
    } catch (LinkageError e) {
      retire(e);
      return false;
    }
  }

  @Override
  public void reason(Status status) {
    try {
      exchange.reason(status);
    } catch (RuntimeException | LinkageError e) {
      retire(e);
    }
  }

  @Override
  public boolean abort() {
    try {
      return exchange.abort();
    } catch (RuntimeException | LinkageError e) {
      retire(e);
      return false;
    }
  }

  private void retire(Throwable e) {
    String name = exchange.getClass().getName();
    exchange = NoInterim.INSTANCE;
    LOG.log(Level.WARNING, name + " failed; this request goes on without it", e);
  }
}
