package org.meantime.dav.web.interim;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.FileChunk;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.Protocol;
import org.glassfish.grizzly.http.server.Request;
import org.glassfish.grizzly.http.util.MimeHeaders;
import org.glassfish.grizzly.http2.Http2Stream;
import org.glassfish.grizzly.http2.frames.ErrorCode;
import org.glassfish.grizzly.http2.frames.RstStreamFrame;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.nio.NIOConnection;
import org.meantime.dav.Status;

/** Grizzly, the engine of Payara and GlassFish. */
public final class GrizzlyInterim implements InterimAdapter {
  private static final String FACADE = "org.apache.catalina.connector.RequestFacade";

  /** Grizzly's default, which nobody can set for HTTP alone. */
  private static final Duration LONGEST_READ = Duration.ofSeconds(30);

  private volatile Optional<Way> way = Optional.empty(); // there is but one facade in a server

  @Override
  public boolean supports(HttpServletRequest request) {
    // Tomcat has a class of that name too, with another engine behind it
    return request.getClass().getName().equals(FACADE)
        && grizzlyRequest(request) instanceof Request;
  }

  @Override
  public RawExchange open(HttpServletRequest request) {
    Request grizzly = (Request) grizzlyRequest(request);
    FilterChainContext context = grizzly.getContext();
    boolean http2 = grizzly.getProtocol() == Protocol.HTTP_2_0;
    GrizzlyGuard.meet(context.getConnection());
    return http2 ? new Http2Exchange(grizzly) : new Http1Exchange(grizzly);
  }

  @Override
  public Optional<AutoCloseable> guard(String context) {
    GrizzlyGuard.begin(context);
    return Optional.of(GrizzlyGuard::end);
  }

  private Object grizzlyRequest(HttpServletRequest request) {
    Way known = way.orElseGet(() -> Way.of(request.getClass()));
    way = Optional.of(known);
    return known.follow(request);
  }

  /**
   * From the container's facade to the engine's request. By reflection, because no repository has
   * the facade's class as an artifact of its own.
   */
  private record Way(Method toCatalina, Method toGrizzly) {
    static Way of(Class<?> facade) {
      try {
        Method toCatalina = facade.getMethod("getUnwrappedCoyoteRequest");
        return new Way(toCatalina, toCatalina.getReturnType().getMethod("getCoyoteRequest"));
      } catch (NoSuchMethodException e) {
        throw new IllegalStateException("not a request of Payara's", e);
      }
    }

    Object follow(HttpServletRequest facade) {
      try {
        return toGrizzly.invoke(toCatalina.invoke(facade));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("not a request of Payara's", e);
      }
    }
  }

  /**
   * The objects are taken while the request is young: the container clears and reuses the request
   * it gave us once the response has ended.
   */
  private abstract static class GrizzlyExchange implements RawExchange {
    final FilterChainContext context;
    final HttpResponsePacket response;
    final Protocol protocol;

    GrizzlyExchange(Request request) {
      context = request.getContext();
      response = request.getResponse().getResponse();
      protocol = request.getProtocol();
    }

    @Override
    public boolean isOpen() {
      return context.getConnection().isOpen();
    }

    @Override
    public boolean isContentWhole() {
      return GrizzlyChunks.isWhole(response.getRequest());
    }

    /**
     * Not by {@code authenticate}, which answers a wrong password itself, and reads names and
     * passwords in the charset of the JVM.
     */
    @Override
    public boolean login(
        HttpServletRequest request, HttpServletResponse answer, String user, String password)
        throws ServletException {
      request.login(user, password);
      return true;
    }

    @Override
    public void limitSilence(Duration longest) {
      long most = Math.min(LONGEST_READ.toMillis(), longest.toMillis());
      context.getConnection().setReadTimeout(most, TimeUnit.MILLISECONDS);
    }

    @Override
    public void reason(Status status) {
      if (!response.isCommitted()) {
        response.setReasonPhrase(status.reason());
      }
    }

    void write(Object message) throws IOException {
      Outcome outcome = new Outcome();
      if (!context.getConnection().isOpen()) {
        throw new IOException("the connection is closed");
      }
      context.write(message, outcome, true);
      if (outcome.failure != null) {
        throw new IOException("the connection is broken", outcome.failure);
      }
    }
  }

  @SuppressWarnings("rawtypes") // as Grizzly has it
  private static final class Outcome extends EmptyCompletionHandler<WriteResult> {
    volatile Throwable failure;

    @Override
    public void failed(Throwable throwable) {
      failure = throwable;
    }
  }

  private static final class Http1Exchange extends GrizzlyExchange {
    Http1Exchange(Request request) {
      super(request);
    }

    @Override
    public void askForContent() throws IOException {
      if (GrizzlyInside.isHeldBack(response.getRequest())) {
        write(Buffers.wrap(context.getMemoryManager(), InterimHead.goOn()));
      }
    }

    /** As raw bytes, which the HTTP codec lets through and TLS encrypts like others. */
    @Override
    public boolean sendProcessing(Map<String, String> fields) throws IOException {
      // RFC 9110 §15.2: a server MUST NOT send a 1xx response to an HTTP/1.0 client
      if (protocol != Protocol.HTTP_1_1) {
        return false;
      }
      byte[] bytes = InterimHead.bytes(fields);
      write(Buffers.wrap(context.getMemoryManager(), bytes));
      return true;
    }

    /** Below the HTTP codec and all buffers, which are empty after the head. */
    @Override
    public boolean send(ReadableByteChannel file, long count, OutputStream out) throws IOException {
      if (response.isSecure() || response.isCommitted() || response.getContentLength() != count) {
        return false;
      }
      out.flush(); // commits the head, and to a coding where the server compresses
      if (response.isChunked() || response.getContentLength() != count || !isAllWritten()) {
        return false;
      }
      FilePart part = new FilePart(new SentFile(file, count));
      try {
        write(part);
        part.sent.end();
      } catch (IOException e) {
        abort(); // the rest would be taken from the next response
        if (part.failure.isPresent()) {
          throw part.failure.get();
        }
        throw e;
      }
      return true;
    }

    /** False while a slow client has not taken what is to go out first. */
    private boolean isAllWritten() {
      return ((NIOConnection) context.getConnection()).getAsyncWriteQueue().isEmpty();
    }

    @Override
    public boolean abort() {
      context.getConnection().terminateSilently();
      return true;
    }
  }

  /**
   * What the transport takes for a file. It tells who writes of an {@link IOException}; of anything
   * else it only writes into the log.
   */
  private static final class FilePart implements FileChunk {
    final SentFile sent;
    Optional<RuntimeException> failure = Optional.empty(); // of the file, not of the way

    FilePart(SentFile sent) {
      this.sent = sent;
    }

    @Override
    public long writeTo(WritableByteChannel socket) throws IOException {
      return socket.write(window());
    }

    private ByteBuffer window() throws IOException {
      try {
        return sent.window();
      } catch (RuntimeException e) {
        failure = Optional.of(e);
        throw new IOException("the file failed", e);
      }
    }

    @Override
    public boolean hasRemaining() {
      return sent.remaining() > 0;
    }

    @Override
    public int remaining() {
      return (int) Math.min(Integer.MAX_VALUE, sent.remaining());
    }

    @Override
    public boolean release() {
      return true;
    }

    @Override
    public boolean isExternal() {
      return true;
    }
  }

  private static final class Http2Exchange extends GrizzlyExchange {
    private static final Semaphore LINGERING = new Semaphore(8);

    private final Http2Stream stream;

    Http2Exchange(Request request) {
      super(request);
      stream = Http2Stream.getStreamFor(response);
    }

    @Override
    public boolean isOpen() {
      return super.isOpen() && stream.isOpen();
    }

    /** A stream that broke ends like others for whoever reads it. */
    @Override
    public boolean isContentWhole() {
      return GrizzlyInside.isHttp2(stream)
          ? GrizzlyInside.isAtEndStream(stream) && !hasPseudoTrailers(response.getRequest())
          : super.isContentWhole();
    }

    /** RFC 9113 §8.1: trailers MUST NOT include pseudo-header fields. */
    private static boolean hasPseudoTrailers(HttpRequestPacket request) {
      for (String name : request.getHeaders().trailerNames()) {
        if (name.startsWith(":")) {
          return true;
        }
      }
      return false;
    }

    /**
     * A client that insists on sending would wait for room until the connection times out; and of
     * early answers 2 % broke the connection's TLS at the client. A read ends after 30 seconds.
     */
    @Override
    public void linger(InputStream content, Linger linger) throws IOException {
      if (!linger.isOver() && LINGERING.tryAcquire()) { // it takes a thread of the server's
        try {
          byte[] buffer = new byte[8192];
          int n = 0;
          while (n >= 0 && linger.take(n)) {
            n = content.read(buffer);
          }
        } finally {
          LINGERING.release();
        }
      }
      linger.end();
    }

    /**
     * As the acknowledgement Grizzly means for 100: a HEADERS frame without END_STREAM. It carries
     * the fields that are on the response at that moment, and clears them.
     */
    @Override
    public boolean sendProcessing(Map<String, String> fields) throws IOException {
      if (!isOpen()) {
        throw new IOException("the stream is closed");
      }
      MimeHeaders headers = response.getHeaders();
      MimeHeaders saved = new MimeHeaders();
      saved.copyFrom(headers);
      int status = response.getStatus();
      headers.clear();
      fields.forEach((name, value) -> headers.setValue(name).setString(value));
      try {
        response.setStatus(Status.PROCESSING.code());
        response.setAcknowledgement(true);
        write(response);
      } finally {
        response.setAcknowledgement(false);
        response.setStatus(status);
        headers.clear();
        headers.copyFrom(saved);
      }
      return true;
    }

    @Override
    public boolean abort() {
      int id = stream.getId();
      stream.terminateSilently(); // nothing more is sent, above all no END_STREAM
      context.write(
          RstStreamFrame.builder().streamId(id).errorCode(ErrorCode.INTERNAL_ERROR).build());
      return true;
    }
  }
}
