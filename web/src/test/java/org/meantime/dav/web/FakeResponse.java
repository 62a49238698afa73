package org.meantime.dav.web;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A response that remembers what a client would have seen, flush by flush. */
final class FakeResponse {
  final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final List<String> flushes = new ArrayList<>();
  int status = 200;
  boolean committed;
  boolean broken;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

  HttpServletResponse servlet() {
    return (HttpServletResponse)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletResponse.class},
            (proxy, call, args) -> call(call.getName(), args));
  }

  /** All content that was flushed. */
  String body() {
    return String.join("", flushes);
  }

  private Object call(String name, Object[] args) throws IOException {
    switch (name) {
      case "setStatus" -> status = (Integer) args[0];
      case "setHeader" -> headers.put((String) args[0], (String) args[1]);
      case "setDateHeader" -> headers.put((String) args[0], String.valueOf(args[1]));
      case "reset" -> reset();
      case "flushBuffer" -> flush();
      case "isCommitted" -> {
        return committed;
      }
      case "getOutputStream" -> {
        return new FakeOutput();
      }
      default -> throw new UnsupportedOperationException(name);
    }
    return null;
  }

  private void reset() {
    if (committed) {
      throw new IllegalStateException("committed");
    }
    headers.clear();
    status = 200;
    pending.reset();
  }

  private void flush() throws IOException {
    if (broken) {
      throw new IOException("broken pipe");
    }
    committed = true;
    flushes.add(pending.toString(StandardCharsets.UTF_8));
    pending.reset();
  }

  private final class FakeOutput extends ServletOutputStream {
    @Override
    public void write(int b) {
      pending.write(b);
    }

    @Override
    public void flush() throws IOException {
      FakeResponse.this.flush();
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
