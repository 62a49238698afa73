package org.meantime.it.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * A store that does what a test says, when it says so. Work passes points of these names: {@code
 * find transaction receive put createCollection update delete stage move deleteTree}, each a call
 * of the store; {@code member}, each member of a collection being listed; {@code membersEnd}, the
 * end of such a list; {@code deadProperties}, those of a collection; {@code progress}, each member
 * copied by {@code stage} and each buffer taken by {@code receive}. Where a call is about one
 * resource there is also a point of its own: the name followed by the path of the resource below
 * the root, such as {@code put/a/b.txt}, of the collection for {@code member}.
 *
 * <p>A test closes a point, sends its request, awaits that it stands there, looks at what it wants
 * to see, and opens the point. {@link #reset} opens all.
 */
public final class SlowStore {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private SlowStore() {}

  /** The WAR with a store that is as slow as it is told to be. */
  public static WebArchive war(Map<String, String> settings) {
    return Archives.war(settings).addAsLibrary(new File(System.getProperty("it.slow-store")));
  }

  /** Whoever passes that point from now on takes so long for it. */
  public static void delay(String point, Duration delay) {
    command("delay", point, delay);
  }

  /** Nobody passes that point from now on. */
  public static void close(String point) {
    command("close", point, "");
  }

  /**
   * Whoever passed that point from now on fails there.
   *
   * @param failure {@code BUG}, {@code FULL}, {@code STACK} or {@code MEMORY}
   */
  public static void fail(String point, String failure) {
    command("fail", point, failure);
  }

  /** Lets everybody at that point go on. */
  public static void open(String point) {
    command("open", point, "");
  }

  /** Opens every point and forgets all delays and counts. */
  public static void reset() {
    command("reset", "", "");
  }

  /** Returns when so many stand at that point. */
  public static void awaitWaiting(String point, int count) {
    command("awaitWaiting", point, count);
  }

  /** Returns when that point was passed so many times since the last reset. */
  public static void awaitPassed(String point, long count) {
    command("awaitPassed", point, count);
  }

  /** How often that point was passed since the last reset. */
  public static long passed(String point) {
    return Long.parseLong(send("GET", "point=" + encoded(point)).body());
  }

  private static void command(String command, String point, Object value) {
    String query = "command=" + command + "&point=" + encoded(point) + "&value=" + value;
    assertEquals(204, send("POST", query).statusCode(), query);
  }

  private static String encoded(String point) {
    return URLEncoder.encode(point, StandardCharsets.UTF_8);
  }

  private static HttpResponse<String> send(String method, String query) {
    URI uri = URI.create("http://127.0.0.1:" + Server.port() + "/meantime/slow?" + query);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    try {
      return CLIENT.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
