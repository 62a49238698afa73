package org.meantime.dav.web.interim;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.ReadableByteChannel;
import java.time.Duration;
import java.util.Map;
import org.meantime.dav.Status;

/**
 * One request and its response as the container's engine has them. Usable from any thread, by one
 * at a time, until the response ends.
 */
public interface RawExchange {
  /**
   * Puts a {@code 102 Processing} with those header fields on the wire and flushes it.
   *
   * @return false where this request cannot have one; nothing was sent then
   * @throws IOException if the client is gone
   */
  boolean sendProcessing(Map<String, String> fields) throws IOException;

  /**
   * False where the client is known to have left. Payara lets a response on a stream that was reset
   * write on into nothing.
   */
  default boolean isOpen() {
    return true;
  }

  /**
   * Whether content that the container says is at an end came to its proper end: the last chunk,
   * END_STREAM, as many bytes as were declared. Asked when the container has said so, by the thread
   * that reads.
   */
  default boolean isContentWhole() {
    return true;
  }

  /**
   * Has the container look at BASIC credentials, those of the request, as we read them: containers
   * decode them in their own ways. True where it knows the user, who is the request's from then on.
   * Where an engine has a way, the container answers nothing itself.
   *
   * @throws ServletException where they are wrong, in some containers
   */
  default boolean login(
      HttpServletRequest request, HttpServletResponse response, String user, String password)
      throws IOException, ServletException {
    return request.authenticate(response);
  }

  /**
   * Tells a client that waits to be told ({@code Expect: 100-continue}) that its content is wanted,
   * where the container leaves that to us. Called before the first read.
   *
   * @throws IOException if the client is gone
   */
  default void askForContent() throws IOException {}

  /** Has a read of the content fail where the client has sent nothing for that long. */
  default void limitSilence(Duration longest) {}

  /**
   * Gives up what is left of the content, after the response was sent: no thread reads it or waits
   * for it any more, the container's neither. Where the client could else lose the response, what
   * it goes on sending is taken in until the linger is over. Returns at once; whoever takes the
   * linger ends it.
   *
   * @param content for an adapter that has no better way to the content
   */
  default void linger(InputStream content, Linger linger) throws IOException {
    linger.end();
  }

  /**
   * Sends that many bytes of the file, from its position on, as the content of the response, past
   * the buffers of the servlet API.
   *
   * @param out the stream of the response, for the adapter that needs it
   * @return false where the engine offers no such way, or not here; nothing was sent then
   * @throws IOException if the client is gone
   */
  default boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
    return false;
  }

  /** Gives the status that was just set on the response the reason phrase it has in its RFC. */
  void reason(Status status);

  /**
   * Breaks a response off, so that the client sees it is not whole.
   *
   * @return false where the engine offers no way
   */
  boolean abort();
}
