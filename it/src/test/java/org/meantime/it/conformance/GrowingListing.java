package org.meantime.it.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;

/**
 * A multistatus as it was received.
 *
 * @param begunBeforeOther whether its first member had come before something else was over
 */
record GrowingListing(Head head, byte[] body, boolean begunBeforeOther) {
  /** One that is being received. */
  static final class Pending {
    private final CompletableFuture<Void> begin = new CompletableFuture<>();
    private final CompletableFuture<GrowingListing> end;

    private Pending(Request request) {
      end = CompletableFuture.supplyAsync(() -> receive(request));
    }

    private GrowingListing receive(Request request) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try (RawConnection connection = RawConnection.open().send(request.bytes())) {
        Head head = connection.receiveHead();
        while (head.isInterim()) {
          head = connection.receiveHead();
        }
        if (isChunked(head)) {
          while (!body.toString(StandardCharsets.UTF_8).contains("response")) {
            body.write(connection.chunk());
          }
        }
        begin.complete(null);
        body.write(connection.receiveBody(head));
        return new GrowingListing(head, body.toByteArray(), false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static boolean isChunked(Head head) {
      return head.headers().find("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
    }

    /** Waits for its end, when something else is over. */
    GrowingListing end() {
      boolean begun = begin.isDone();
      GrowingListing whole = end.join();
      return new GrowingListing(whole.head, whole.body, begun);
    }
  }

  static Pending begin(Request request) {
    return new Pending(request);
  }
}
