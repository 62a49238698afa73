package org.meantime.dav.web.interim;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Collection;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.Note;
import org.glassfish.grizzly.http.TransferEncoding;
import org.glassfish.grizzly.http2.Http2ServerFilter;
import org.glassfish.grizzly.http2.Http2Stream;
import org.glassfish.grizzly.http2.Termination;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * What Grizzly 4 keeps to itself and the adapter needs. All of it is looked up at once, so that a
 * Grizzly that has it otherwise is met at the start, as a {@link LinkageError}.
 */
final class GrizzlyInside {
  private static final Field CLOSE_LISTENERS = Hidden.field(NIOConnection.class, "closeListeners");
  private static final Field HEAD = Hidden.field(HttpHeader.class, "headerBuffer");
  private static final Method SET_CODING =
      method(HttpHeader.class, "setTransferEncoding", TransferEncoding.class);
  private static final Method SET_EXPECTS =
      method(HttpRequestPacket.class, "requiresAcknowledgement", boolean.class);
  private static final Note<Boolean> HELD_BACK =
      HttpRequestPacket.createNote("org.meantime.held-back");
  private static final Method PARSED =
      method(
          Http2ServerFilter.class,
          "onHttpHeadersParsed",
          HttpHeader.class,
          FilterChainContext.class);
  private static final Field INPUT = Hidden.field(Http2Stream.class, "inputBuffer");
  private static final Class<?> INPUT_CLASS =
      type("org.glassfish.grizzly.http2.DefaultInputBuffer");
  private static final Field DECLARED = Hidden.field(INPUT_CLASS, "remainingContentLength");
  private static final Field END = Hidden.field(INPUT_CLASS, "closeFlag");
  private static final Object END_STREAM =
      get(Hidden.field(Termination.class, "IN_FIN_TERMINATION"), null);

  private GrizzlyInside() {}

  /** Looks everything up. */
  static void require() {}

  /** A copy of what there is now. */
  static Object[] closeListeners(Connection<?> connection) {
    return ((Collection<?>) get(CLOSE_LISTENERS, connection)).toArray();
  }

  /** The head of a request as it came, while {@code HttpProbe.onHeaderParseEvent} runs. */
  static Buffer head(HttpHeader request) {
    return (Buffer) get(HEAD, request);
  }

  /** Has the content of that request, of which nothing was read yet, read by that coding. */
  static void readBy(TransferEncoding coding, HttpHeader request) {
    call(SET_CODING, request, coding);
  }

  /**
   * Has the server say nothing to a client that holds its content back until it is told to send it:
   * it would do so before anybody has looked at the request.
   */
  static void holdBack(HttpRequestPacket request) {
    if (request.requiresAcknowledgement()) {
      call(SET_EXPECTS, request, false);
      request.setNote(HELD_BACK, true);
    }
  }

  /** Whether its client waits to be told; true once. */
  static boolean isHeldBack(HttpRequestPacket request) {
    return request.removeNote(HELD_BACK) != null;
  }

  /** What that filter does with the head of a request over HTTP/2 before it looks at it. */
  static void parsed(Http2ServerFilter filter, HttpHeader request, FilterChainContext context) {
    call(PARSED, filter, request, context);
  }

  /** Has content end at END_STREAM only, not where as much has come as was declared. */
  static void untilEndStream(Http2Stream stream) {
    Object input = get(INPUT, stream);
    if (INPUT_CLASS.isInstance(input)) {
      try {
        DECLARED.setLong(input, -1);
      } catch (IllegalAccessException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** False for the one stream whose content came over HTTP/1.1, before an upgrade. */
  static boolean isHttp2(Http2Stream stream) {
    return INPUT_CLASS.isInstance(get(INPUT, stream));
  }

  /** Whether it was END_STREAM that ended what was read of that stream. */
  static boolean isAtEndStream(Http2Stream stream) {
    return get(END, get(INPUT, stream)) == END_STREAM;
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, Http2Stream.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Method method(Class<?> owner, String name, Class<?>... parameters) {
    try {
      Method method = owner.getDeclaredMethod(name, parameters);
      method.setAccessible(true);
      return method;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object get(Field field, Object owner) {
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void call(Method method, Object owner, Object... arguments) {
    try {
      method.invoke(owner, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
