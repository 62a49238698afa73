package org.meantime.dav.web.interim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meantime.dav.Status;

class InterimResponsesTest {
  private final HttpServletRequest request =
      (HttpServletRequest)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {HttpServletRequest.class},
              (proxy, call, args) -> {
                throw new UnsupportedOperationException(call.getName());
              });

  private int sent;

  /** An engine that supports every request or none, and fails as it is told. */
  private record Adapter(boolean supports, RawExchange exchange) implements InterimAdapter {
    @Override
    public boolean supports(HttpServletRequest request) {
      return supports;
    }

    @Override
    public RawExchange open(HttpServletRequest request) {
      return exchange;
    }
  }

  private interface Failure {
    void now() throws IOException;
  }

  private RawExchange exchange(Failure failure) {
    return new RawExchange() {
      @Override
      public boolean sendProcessing(Map<String, String> fields) throws IOException {
        sent++;
        failure.now();
        return true;
      }

      @Override
      public void reason(Status status) {}

      @Override
      public boolean abort() {
        return true;
      }
    };
  }

  private RawExchange open(InterimAdapter... adapters) {
    return new InterimResponses(List.of(adapters)).open(request);
  }

  @Test
  void noAdapter_isNoInterim() throws IOException {
    RawExchange none = open(new Adapter(false, exchange(() -> {})));
    assertFalse(none.sendProcessing(Map.of()));
    assertFalse(none.abort());
  }

  @Test
  void anAdapterWhoseEngineIsMissing_isAnAnswer() throws IOException {
    InterimAdapter missing =
        new InterimAdapter() {
          @Override
          public boolean supports(HttpServletRequest request) {
            throw new NoClassDefFoundError("org/vendor/Engine");
          }

          @Override
          public RawExchange open(HttpServletRequest request) {
            throw new AssertionError("not supported");
          }
        };
    assertTrue(open(missing, new Adapter(true, exchange(() -> {}))).sendProcessing(Map.of()));
  }

  @Test
  void anAdapterThatThrows_isRetired() throws IOException {
    RawExchange exchange =
        open(
            new Adapter(
                true,
                exchange(
                    () -> {
                      throw new IllegalStateException("as a test");
                    })));
    assertFalse(exchange.sendProcessing(Map.of()));
    assertFalse(exchange.sendProcessing(Map.of()));
    assertFalse(exchange.abort());
    assertEquals(1, sent);
  }

  @Test
  void aClientThatIsGone_isNoFailureOfTheAdapter() {
    RawExchange exchange =
        open(
            new Adapter(
                true,
                exchange(
                    () -> {
                      throw new IOException("broken pipe");
                    })));
    assertThrows(IOException.class, () -> exchange.sendProcessing(Map.of()));
    assertThrows(IOException.class, () -> exchange.sendProcessing(Map.of()));
    assertEquals(2, sent);
  }

  @Test
  void aFileAnEngineCannotTake_isNotSent() throws IOException {
    RawExchange old =
        new RawExchange() {
          @Override
          public boolean sendProcessing(Map<String, String> fields) {
            return true;
          }

          @Override
          public boolean send(ReadableByteChannel file, long count, OutputStream out) {
            throw new NoSuchMethodError("transferFrom");
          }

          @Override
          public void reason(Status status) {}

          @Override
          public boolean abort() {
            return true;
          }
        };
    Path file = Files.createTempFile("file", "");
    try (FileChannel channel = FileChannel.open(file)) {
      RawExchange exchange = open(new Adapter(true, old));
      assertFalse(exchange.send(channel, 0, OutputStream.nullOutputStream()));
      assertFalse(exchange.sendProcessing(Map.of()));
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void theAdaptersOfThisApplication_takeNoStrangersRequest() {
    HttpServletRequest wrapped = new HttpServletRequestWrapper(request);
    assertSame(NoInterim.INSTANCE, new InterimResponses().open(wrapped));
    assertInstanceOf(GrizzlyInterim.class, InterimResponses.load().get(0));
  }
}
