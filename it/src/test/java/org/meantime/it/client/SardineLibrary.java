package org.meantime.it.client;

import com.github.sardine.Sardine;
import com.github.sardine.impl.SardineImpl;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.apache.http.client.config.RequestConfig;
import org.apache.http.impl.client.HttpClientBuilder;
import org.meantime.it.server.User;

/** Sardine, a WebDAV client on Apache HttpClient 4. */
final class SardineLibrary implements Library {
  private final Sardine sardine;

  SardineLibrary() {
    int patience = (int) Client.PATIENCE.toMillis();
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setDefaultRequestConfig(RequestConfig.custom().setSocketTimeout(patience).build());
    sardine = new SardineImpl(builder, User.WRITER.username(), User.WRITER.password());
  }

  @Override
  public void copy(String from, String to) throws IOException {
    sardine.copy(from, to);
  }

  @Override
  public int list(String url) throws IOException {
    return sardine.list(url, 1).size();
  }

  @Override
  public String get(String url) throws IOException {
    try (InputStream body = sardine.get(url)) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
