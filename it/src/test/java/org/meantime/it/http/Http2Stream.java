package org.meantime.it.http;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** A request on an HTTP/2 connection and what has come back so far. */
public final class Http2Stream {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Collector collector = new Collector();
  private final CompletableFuture<Response> response = new CompletableFuture<>();

  Http2Stream() {}

  /** Waits until so many interim responses have come; the last of these. */
  public Head awaitInterim(int count) {
    List<Head> seen = collector.awaitInterims(count);
    return seen.size() < count
        ? fail(seen.size() + " interim responses only")
        : seen.get(count - 1);
  }

  /** Whether the final response is complete. */
  public boolean isAnswered() {
    return response.isDone();
  }

  /** Waits for the final response and its body. */
  public Response response() {
    try {
      return response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | InterruptedException e) {
      return fail(e);
    }
  }

  AsyncResponseConsumer<Response> collector() {
    return collector;
  }

  /** Waits for the stream to end without a whole response. */
  public Exception failure() {
    try {
      return fail("whole: " + response.get(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    } catch (ExecutionException e) {
      return e;
    } catch (TimeoutException | InterruptedException e) {
      return fail(e);
    }
  }

  /** Waits until so many bytes of content have come. */
  public void awaitContent(int bytes) {
    collector.awaitContent(bytes);
  }

  FutureCallback<Response> end() {
    return new FutureCallback<>() {
      @Override
      public void completed(Response result) {
        response.complete(result);
      }

      @Override
      public void failed(Exception e) {
        response.completeExceptionally(e);
      }

      @Override
      public void cancelled() {
        response.cancel(false);
      }
    };
  }

  private static Head head(HttpResponse received) {
    List<Map.Entry<String, String>> fields =
        Arrays.stream(received.getHeaders())
            .map(header -> Map.entry(header.getName(), header.getValue()))
            .toList();
    return new Head("HTTP/2", received.getCode(), "", new Headers(fields), System.nanoTime());
  }

  private static final class Collector implements AsyncResponseConsumer<Response> {
    private final List<Head> interims = new ArrayList<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private Head head;
    private FutureCallback<Response> callback;

    synchronized List<Head> awaitInterims(int count) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      try {
        while (interims.size() < count && head == null && System.nanoTime() < end) {
          wait(1000);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return List.copyOf(interims);
    }

    synchronized void awaitContent(int bytes) {
      long end = System.nanoTime() + PATIENCE.toNanos();
      try {
        while (body.size() < bytes && System.nanoTime() < end) {
          wait(1000);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (body.size() < bytes) {
        fail("only " + body.size() + " bytes");
      }
    }

    @Override
    public synchronized void informationResponse(HttpResponse received, HttpContext context) {
      interims.add(head(received));
      notifyAll();
    }

    @Override
    public synchronized void consumeResponse(
        HttpResponse received,
        EntityDetails entity,
        HttpContext context,
        FutureCallback<Response> whenComplete) {
      head = head(received);
      callback = whenComplete;
      notifyAll();
      if (entity == null) {
        complete();
      }
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
      channel.update(Integer.MAX_VALUE);
    }

    @Override
    public synchronized void consume(ByteBuffer buffer) {
      while (buffer.hasRemaining()) {
        body.write(buffer.get());
      }
      notifyAll();
    }

    @Override
    public synchronized void streamEnd(List<? extends Header> trailers) {
      complete();
    }

    private void complete() {
      callback.completed(new Response(List.copyOf(interims), head, body.toByteArray()));
    }

    @Override
    public void failed(Exception cause) {}

    @Override
    public void releaseResources() {}
  }
}
