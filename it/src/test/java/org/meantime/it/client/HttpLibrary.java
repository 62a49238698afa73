package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.util.Timeout;
import org.meantime.it.http.Xml;
import org.meantime.it.server.User;

/** A library that sends whatever HTTP request it is told to. */
record HttpLibrary(Exchange exchange) implements Library {
  /** Sends a request without a body. */
  interface Exchange {
    Answer send(String method, String url, Map<String, String> fields)
        throws IOException, InterruptedException;
  }

  record Answer(int status, String body) {}

  static Library apache5() {
    Timeout patience = Timeout.of(Client.PATIENCE);
    CloseableHttpClient client =
        HttpClients.custom()
            .setDefaultRequestConfig(RequestConfig.custom().setResponseTimeout(patience).build())
            .build();
    return new HttpLibrary(
        (method, url, fields) -> {
          HttpUriRequestBase request = new HttpUriRequestBase(method, URI.create(url));
          fields.forEach(request::setHeader);
          return client.execute(
              request,
              response ->
                  new Answer(response.getCode(), EntityUtils.toString(response.getEntity())));
        });
  }

  static Library jdk(HttpClient.Version version) {
    HttpClient client = HttpClient.newBuilder().version(version).build();
    return new HttpLibrary(
        (method, url, fields) -> {
          HttpRequest.Builder request =
              HttpRequest.newBuilder(URI.create(url))
                  .method(method, HttpRequest.BodyPublishers.noBody());
          fields.forEach(request::setHeader);
          HttpResponse<String> response =
              client.send(request.build(), HttpResponse.BodyHandlers.ofString());
          return new Answer(response.statusCode(), response.body());
        });
  }

  static Library okhttp() {
    OkHttpClient client =
        new OkHttpClient.Builder().readTimeout(Client.PATIENCE.multipliedBy(10)).build();
    return new HttpLibrary(
        (method, url, fields) -> {
          okhttp3.Request.Builder request =
              new okhttp3.Request.Builder().url(url).method(method, null);
          fields.forEach(request::header);
          try (okhttp3.Response response = client.newCall(request.build()).execute()) {
            return new Answer(response.code(), response.body().string());
          }
        });
  }

  @Override
  public void copy(String from, String to) throws IOException, InterruptedException {
    send("COPY", from, 201, "Destination", to);
  }

  @Override
  public int list(String url) throws IOException, InterruptedException {
    String body = send("PROPFIND", url, 207, "Depth", "1");
    return Xml.parse(body.getBytes(StandardCharsets.UTF_8)).count("/D:multistatus/D:response");
  }

  @Override
  public String get(String url) throws IOException, InterruptedException {
    return send("GET", url, 200, "Accept", "*/*");
  }

  private String send(String method, String url, int status, String name, String value)
      throws IOException, InterruptedException {
    String login = User.WRITER.authorization().orElseThrow();
    Answer answer = exchange.send(method, url, Map.of("Authorization", login, name, value));
    assertEquals(status, answer.status(), answer.body());
    return answer.body();
  }
}
