package org.meantime.it.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import org.meantime.it.server.Server;

/** How a request can come to the server: by each version of HTTP, in the clear and over TLS. */
public enum Way {
  HTTP1 {
    @Override
    public Client open() throws IOException {
      return new Http1Client(RawConnection.open());
    }
  },
  HTTP1_TLS {
    @Override
    public Client open() throws IOException {
      return new Http1Client(RawConnection.openTls());
    }
  },
  HTTP2 {
    @Override
    public Client open() {
      return new Http2Client(Http2.openPlain());
    }
  },
  HTTP2_TLS {
    @Override
    public Client open() {
      return new Http2Client(Http2.open());
    }
  };

  /** A connection of its own, for one request after the other. */
  public abstract Client open() throws IOException;

  /** Sends the request on a connection of its own, and waits for the final response. */
  public Response send(Request request) {
    try (Client client = open()) {
      return client.send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isTls() {
    return this == HTTP1_TLS || this == HTTP2_TLS;
  }

  /** What every URL begins with. */
  public String origin() {
    return isTls() ? "https://" + Server.host() + ":" + Server.httpsPort() : Server.origin();
  }

  /** One connection. */
  public interface Client extends AutoCloseable {
    /** Sends the request and waits for the final response. */
    Response send(Request request) throws IOException;

    /**
     * Sends the first request of this connection, whose answer must break off in its content: it
     * must not end as if it were whole.
     */
    void assertBreaksOff(Request request) throws IOException;

    /** Fails the test unless the connection can be used on, or was closed as the answer said. */
    void assertEndedWell(Response answer, Request next) throws IOException;

    @Override
    void close() throws IOException;
  }

  private record Http1Client(RawConnection connection) implements Client {
    @Override
    public Response send(Request request) throws IOException {
      connection.send(request.bytes());
      return request.method().equals("HEAD")
          ? connection.receiveWithoutBody()
          : connection.receive();
    }

    @Override
    public void assertBreaksOff(Request request) throws IOException {
      connection.send(request.bytes());
      Head head = connection.receiveHead();
      assertEquals(2, head.status() / 100, head::toString);
      IOException end = assertThrows(IOException.class, () -> connection.receiveBody(head));
      assertFalse(end instanceof SocketTimeoutException, "neither whole nor ended");
    }

    @Override
    public void assertEndedWell(Response answer, Request next) throws IOException {
      if (answer.find("Connection").filter("close"::equalsIgnoreCase).isPresent()) {
        assertEquals(0, connection.rest().length);
      } else {
        assertEquals(2, send(next).status() / 100);
      }
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  private record Http2Client(Http2 connection) implements Client {
    @Override
    public Response send(Request request) {
      return connection.send(request).response();
    }

    @Override
    public void assertBreaksOff(Request request) {
      connection.send(request).failure();
      assertEquals(0, connection.frames().countEnded());
      assertEquals(1, connection.frames().ofType("RST_STREAM").size());
    }

    @Override
    public void assertEndedWell(Response answer, Request next) {
      assertEquals(2, send(next).status() / 100);
    }

    @Override
    public void close() {
      connection.close();
    }
  }
}
