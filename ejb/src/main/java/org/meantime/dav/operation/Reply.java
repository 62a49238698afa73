package org.meantime.dav.operation;

import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.xml.Response;

/**
 * The final response of one request: {@link #send} once, or {@link #member} any number of times, or
 * {@link #fail}, and then {@link #end}. The first of these calls commits the status; from then on
 * no interim response is sent. An {@link java.io.UncheckedIOException} means that the client is
 * gone.
 */
public interface Reply {
  /** Sets a header field, before the status is committed. */
  void header(String name, String value);

  /** One {@code DAV:response} of a 207. The first commits the status; each is streamed. */
  void member(Response response);

  /**
   * White space between two members of a 207 whose next one is long in coming, which no client
   * minds and every time-out counts as life; nothing where the response is no 207.
   */
  default void keepAlive() {}

  /** The final status, without content. */
  void send(Status status);

  /** The final status and content; the header fields that describe it were set before. */
  void send(Status status, Body body);

  /**
   * The request ends with an error: its status and {@code DAV:error}, or where the status is
   * already committed, a broken connection, so that half an answer never looks whole.
   */
  void fail(DavException error);

  /** The response is whole; called last, and once, after whichever of the others. */
  void end();
}
