package org.meantime.dav.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.meantime.dav.web.interim.InterimResponses;

/** A request as a container would hand it over, for a servlet at {@code /dav/*}. */
final class FakeRequest {
  final String method;
  final String uri;
  final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  final Set<String> roles = new HashSet<>();
  String contextPath = "";
  String protocol = "HTTP/1.1";
  String query;
  String user;
  String realmUser;
  byte[] content = {};
  int authentications;

  FakeRequest(String method, String uri) {
    this.method = method;
    this.uri = uri;
    header("Host", "dav.example");
  }

  /** What no engine of a container stands behind. */
  static RequestContent contentOf(HttpServletRequest request) {
    return new RequestContent(request, new InterimResponses().open(request));
  }

  FakeRequest header(String name, String value) {
    headers.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    return this;
  }

  FakeRequest without(String name) {
    headers.remove(name);
    return this;
  }

  /** With that content, and its Content-Length. */
  FakeRequest content(String text) {
    content = text.getBytes(StandardCharsets.UTF_8);
    return header("Content-Length", String.valueOf(content.length));
  }

  /** With that content, whose length only its end tells. */
  FakeRequest chunked(String text) {
    content = text.getBytes(StandardCharsets.UTF_8);
    return header("Transfer-Encoding", "chunked");
  }

  HttpServletRequest servlet() {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, call, args) -> call(call.getName(), args));
  }

  private Object call(String name, Object[] args) {
    return switch (name) {
      case "getMethod" -> method;
      case "getRequestURI" -> uri;
      case "getContextPath" -> contextPath;
      case "getServletPath" -> "/dav";
      case "getProtocol" -> protocol;
      case "getQueryString" -> query;
      case "getServerName" -> "local";
      case "getServerPort" -> 8080;
      case "getRemoteAddr" -> "192.0.2.1";
      case "getLocalAddr" -> "::1";
      case "getLocalPort" -> 8080;
      case "getHeader" -> values(args[0]).stream().findFirst().orElse(null);
      case "getHeaders" -> Collections.enumeration(values(args[0]));
      case "getHeaderNames" -> Collections.enumeration(headers.keySet());
      case "getInputStream" -> new FakeInput(new ByteArrayInputStream(content));
      case "getUserPrincipal" -> user == null ? null : (Principal) () -> user;
      case "isUserInRole" -> user != null && roles.contains(args[0]);
      case "authenticate" -> authenticate();
      default -> throw new UnsupportedOperationException(name);
    };
  }

  private List<String> values(Object name) {
    return headers.getOrDefault((String) name, List.of());
  }

  private boolean authenticate() {
    authentications++;
    user = realmUser;
    return user != null;
  }

  private static final class FakeInput extends ServletInputStream {
    private final InputStream in;

    FakeInput(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws java.io.IOException {
      return in.read();
    }

    @Override
    public boolean isFinished() {
      return false;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
      throw new UnsupportedOperationException();
    }
  }
}
