package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Tls;
import org.meantime.it.http.Way;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** Who may do what, and what is remembered of who did. */
@Tag("ours")
class AccessIT extends Protocol {
  private static final String CHALLENGE = "Basic realm=\"Meantime\", charset=\"UTF-8\"";
  private static final List<String> ALL =
      Stream.of(AnyMethod.READING, AnyMethod.WRITING, AnyMethod.FOREIGN)
          .flatMap(List::stream)
          .toList();

  @ParameterizedTest
  @EnumSource(value = User.class, mode = EnumSource.Mode.EXCLUDE, names = "UMLAUT")
  void roles_sayWhichMethods(User user) {
    for (String method : ALL) {
      Dav dav = Dav.inNewCollection();
      dav.put("/d", "one").is(201);
      Snapshot before = Snapshot.of(dav);
      String path = method.equals("MKCOL") ? "/new" : "/d";
      int status = AnyMethod.request(dav.by(user), method, path).send().status();
      boolean admitted = status != 401 && status != 403;
      assertEquals(mayUse(user, method), admitted, method + " " + status);
      if (!admitted) {
        assertEquals(user == User.ANONYMOUS ? 401 : 403, status, method);
        before.assertUnchanged();
      }
    }
  }

  private static boolean mayUse(User user, String method) {
    return switch (user) {
      case WRITER, WRITER2, ADMIN -> true;
      case READER, UMLAUT -> AnyMethod.READING.contains(method);
      case ANONYMOUS -> method.equals("OPTIONS"); // OptionsIT has what it is told
      case NOBODY -> false;
    };
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no credentials, none",
    "wrong password, Basic writer:wrong",
    "unknown user, Basic stranger:stranger",
    "empty password, Basic writer:",
    "empty user, Basic :",
    "no colon, Basic writer",
    "no credentials in the field, raw Basic",
    "no Base64, raw Basic %%%",
    "no Base64 either, raw Basic !!!",
    "another scheme, raw Bearer abc",
    "empty field, raw ''",
    "no Base64, raw Basic !!!",
    "escapes, raw Basic %%%",
    "padding alone, raw Basic =",
    "one letter, raw Basic Y",
    "no padding, raw Basic YQ",
    "too little of it, raw Basic YQ=",
    "white space within, raw Basic d3Jp dGVyOndyb25n",
    "letters of URLs, raw Basic __--",
  })
  void withoutValidCredentials_isAskedForThem(String row, String credentials) {
    assertAsked(credentials);
  }

  /** OkHttp, npm's webdav and others have never heard of the charset of a challenge. */
  @ParameterizedTest
  @EnumSource(Way.class)
  @Tag("embedded")
  void credentialsInIso88591_areTaken(Way way) {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1)) {
      String field = User.UMLAUT.authorization(charset).orElseThrow();
      Request get = dav.by(User.ANONYMOUS).request("GET", "/d").header("Authorization", field);
      assertEquals("one", way.send(get).is(200).text(), charset::toString);
    }
    Dav own = dav.by(User.UMLAUT);
    way.send(own.request("PUT", "/n").body("new")).is(403);
  }

  /**
   * Also to a client that sends all its content before it looks, and more than there is room for.
   */
  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource({
    "none, HTTP_1_1",
    "none, HTTP_2",
    "writer:wrong, HTTP_1_1",
    "writer:wrong, HTTP_2",
    "nobody:nobody, HTTP_2"
  })
  void refusalOfALargeBody_reachesTheClient(String credentials, HttpClient.Version version)
      throws Exception {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    HttpClient client =
        HttpClient.newBuilder().sslContext(Tls.anyServer()).version(version).build();
    String origin = "https://localhost:" + Server.httpsPort();
    HttpRequest.Builder put =
        HttpRequest.newBuilder(URI.create(origin + dav.href("/d")))
            .timeout(Duration.ofSeconds(20))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(new byte[1_000_000]));
    if (!credentials.equals("none")) {
      byte[] pair = credentials.getBytes(StandardCharsets.UTF_8);
      put.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    int expected = credentials.startsWith("nobody") ? 403 : 401;
    HttpResponse<String> response = client.send(put.build(), HttpResponse.BodyHandlers.ofString());
    assertEquals(expected, response.statusCode());
    assertTrue(response.body().startsWith(expected + " "), response::body);
    assertEquals("one", dav.get("/d").text());
  }

  /** Or one party looks at the first and another at the second. */
  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"Bearer abc", "Basic x", "Basic d3JpdGVyOndyb25n"})
  void twoFieldsOfCredentials_areRefusedUnlooked(String other) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    String right = dav.user().authorization().orElseThrow();
    for (List<String> fields : List.of(List.of(other, right), List.of(right, other))) {
      try (RawConnection connection = RawConnection.open()) {
        connection.sendHead(
            "GET " + dav.base() + "/d HTTP/1.1",
            "Host: localhost",
            "Authorization: " + fields.get(0),
            "Authorization: " + fields.get(1));
        connection.receive().is(400);
      }
    }
  }

  private static void assertAsked(String credentials) {
    for (String method : List.of("GET", "HEAD", "PUT", "PROPFIND", "OPTIONS")) {
      if (method.equals("OPTIONS") && credentials.equals("none")) {
        continue;
      }
      Dav dav = Dav.inNewCollection();
      dav.put("/d", "one").is(201);
      Request request = AnyMethod.request(dav.by(User.ANONYMOUS), method, "/d");
      if (credentials.startsWith("raw ")) {
        request.header("Authorization", credentials.substring(4));
      } else if (!credentials.equals("none")) {
        byte[] pair = credentials.substring(6).getBytes(StandardCharsets.UTF_8);
        request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
      }
      Response response = request.send().is(401);
      assertEquals(CHALLENGE, response.header("WWW-Authenticate"));
      assertEquals("DAV", response.header("MS-Author-Via"));
      assertEquals("1, 2, 3", response.header("DAV"));
      assertFalse(response.text().contains("Exception"), response::toString);
      assertEquals("one", dav.get("/d").text());
    }
  }

  /** What the configuration that comes with the project leaves of the server's own. */
  @ParameterizedTest
  @ValueSource(strings = {"/metrics", "/metrics/base", "/health", "/health/ready", "/openapi"})
  @Tag("embedded")
  void pagesOfTheServer_tellNobodyAnything(String path) {
    Response response = new Request("GET", path).send();
    assertTrue(Set.of(403, 404).contains(response.status()), response::toString);
  }

  @Test
  void creator_isWhoMadeTheResource() {
    Dav dav = Dav.inNewCollection();
    Dav other = dav.by(User.WRITER2);
    other.put("/d", "one").is(201);
    other.mkcol("/c/").is(201);
    other.lock("/locked", "exclusive").is(201);
    dav.put("/d", "two").is(204);
    Xml found = dav.propfind("/", 1, "<D:prop><D:creator-displayname/></D:prop>").is(207).xml();
    String creator = "//D:response[D:href='%s']//D:creator-displayname";
    assertEquals("writer", found.text(creator.formatted(dav.href("/"))));
    for (String path : List.of("/d", "/c/", "/locked")) {
      assertEquals("writer2", found.text(creator.formatted(dav.href(path))), path);
    }
  }

  @Test
  void noAnswer_setsACookie() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    for (User user : User.values()) {
      for (String method : ALL) {
        Response response = AnyMethod.request(dav.by(user), method, "/d").send();
        assertTrue(response.find("Set-Cookie").isEmpty(), response::toString);
        dav.put("/d", "one");
      }
    }
  }
}
