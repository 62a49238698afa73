package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One session of a chromedriver of its own, as W3C WebDriver has it. */
final class WebDriver implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final String READY = "started successfully";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private String session;

  private WebDriver(Process process, int port) {
    this.process = process;
    session = "http://127.0.0.1:" + port + "/session";
  }

  /**
   * @param capabilities what the browser is to be like
   */
  static WebDriver start(JsonObject capabilities) throws Exception {
    Tool tool = Tool.find("chromedriver");
    Path log = tool.folder().resolve("log");
    int port = freePort();
    Process process = tool.begin(log, "--port=" + port);
    try {
      awaitReady(process, log);
      WebDriver driver = new WebDriver(process, port);
      driver.begin(capabilities);
      return driver;
    } catch (Exception | AssertionError e) {
      end(process);
      throw e;
    }
  }

  /** The port 0 would do only if what is free for IPv6 were free for IPv4. */
  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static void awaitReady(Process process, Path log) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!Files.readString(log).contains(READY)) {
      if (process.waitFor(20, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
        fail(Files.readString(log));
      }
    }
  }

  private void begin(JsonObject capabilities) {
    JsonObject always = Json.createObjectBuilder().add("alwaysMatch", capabilities).build();
    JsonObject body = Json.createObjectBuilder().add("capabilities", always).build();
    session += "/" + post("", body).asJsonObject().getString("sessionId");
  }

  /** The answer to a command that takes nothing. */
  JsonValue get(String command) {
    return send(request(command).GET());
  }

  JsonValue post(String command, JsonObject body) {
    return send(request(command).POST(BodyPublishers.ofString(body.toString())));
  }

  private HttpRequest.Builder request(String command) {
    return HttpRequest.newBuilder(URI.create(session + command));
  }

  private JsonValue send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      assertEquals(200, response.statusCode(), response.body());
      try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
        return reader.readObject().get("value");
      }
    } catch (IOException | InterruptedException e) {
      return fail(e);
    }
  }

  /** Ends the session and the browser, whose profile chromedriver then deletes. */
  @Override
  public void close() {
    try {
      send(request("").DELETE());
      send(HttpRequest.newBuilder(URI.create(session).resolve("/shutdown")));
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      fail(e);
    } finally {
      end(process);
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
