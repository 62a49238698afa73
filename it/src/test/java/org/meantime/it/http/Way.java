package org.meantime.it.http;

import java.io.IOException;
import java.io.UncheckedIOException;

/** How a request can come to the server: by each version of HTTP, in the clear and over TLS. */
public enum Way {
  HTTP1 {
    @Override
    public Response send(Request request) {
      return request.send();
    }
  },
  HTTP1_TLS {
    @Override
    public Response send(Request request) {
      try (RawConnection connection = RawConnection.openTls()) {
        connection.send(request.bytes());
        return request.method().equals("HEAD")
            ? connection.receiveWithoutBody()
            : connection.receive();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  },
  HTTP2 {
    @Override
    public Response send(Request request) {
      try (Http2 connection = Http2.openPlain()) {
        return connection.send(request).response();
      }
    }
  },
  HTTP2_TLS {
    @Override
    public Response send(Request request) {
      try (Http2 connection = Http2.open()) {
        return connection.send(request).response();
      }
    }
  };

  /** Sends the request on a connection of its own, and waits for the final response. */
  public abstract Response send(Request request);

  public boolean isTls() {
    return this == HTTP1_TLS || this == HTTP2_TLS;
  }
}
