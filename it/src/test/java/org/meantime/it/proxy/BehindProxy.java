package org.meantime.it.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.Metronome;
import org.meantime.it.client.Tool;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Xml;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/** What works through every proxy that is configured as {@code docs/proxies.md} has it. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
abstract class BehindProxy {
  private static final Map<String, String> EACH_SECOND =
      Map.of("meantime.interim.first", "PT1S", "meantime.interim.interval", "PT1S");
  private static final String PROXY = "meantime.interim.proxy";

  private static Proxy proxy;

  private final Kind kind;

  BehindProxy(Kind kind) {
    this.kind = kind;
  }

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(EACH_SECOND);
  }

  @BeforeEach
  void start() throws Exception {
    if (proxy == null) {
      proxy = Proxy.start(kind, Map.of());
    }
  }

  @AfterEach
  void open() throws Exception {
    SlowStore.reset();
    configure("withhold");
  }

  @AfterAll
  static void stop() {
    if (proxy != null) {
      proxy.close();
      proxy = null;
    }
  }

  /** What {@code meantime.interim.proxy} is from now on. */
  static void configure(String interims) throws Exception {
    try (Jmx jmx = Jmx.connect()) {
      jmx.set(PROXY, interims);
    }
  }

  /** The one for all tests of a class, with nothing changed. */
  static Proxy proxy() {
    return proxy;
  }

  private Response send(Request request) {
    return proxy.send(request);
  }

  private static String below(Dav dav, String path) {
    return dav.href(path).substring(Server.ROOT.length());
  }

  @Test
  void everydayWork_isAsWithoutIt() {
    Dav dav = Dav.inNewCollection();
    send(dav.request("MKCOL", "/c/")).is(201);
    send(dav.request("PUT", "/c/d").body("content")).is(201);
    send(dav.request("PUT", "/c/chunked").chunked("content")).is(201);
    assertEquals("content", send(dav.request("GET", "/c/chunked")).is(200).text());
    Xml listing = send(dav.request("PROPFIND", "/c/").header("Depth", 1)).is(207).xml();
    assertEquals(
        List.of(dav.href("/c/"), dav.href("/c/chunked"), dav.href("/c/d")),
        listing.texts("//D:response/D:href").stream().sorted().toList());
    send(dav.request("PROPPATCH", "/c/d")
            .xml("<D:propertyupdate><D:set><D:prop><Z:a/></D:prop></D:set></D:propertyupdate>"))
        .is(207);
    send(dav.request("DELETE", "/c/d")).is(204);
    send(dav.request("GET", "/c/d")).is(404);
    assertTrue(send(dav.request("OPTIONS", "/c/")).is(200).header("DAV").contains("2"));
  }

  @Test
  void lock_isHeldAndGivenBack() {
    Dav dav = Dav.inNewCollection();
    String token =
        send(dav.request("LOCK", "/d")
                .xml(
                    "<D:lockinfo><D:lockscope><D:exclusive/></D:lockscope>"
                        + "<D:locktype><D:write/></D:locktype></D:lockinfo>"))
            .is(201)
            .header("Lock-Token");
    send(dav.request("PUT", "/d").body("content")).is(423);
    // long, and with the URL that the client knows
    String list = "<" + proxy.origin() + dav.href("/d") + "> (" + token + ")";
    String unknown = " (<urn:x:" + "x".repeat(6_000) + ">)";
    send(dav.request("PUT", "/d").header("If", list + unknown).body("content")).is(204);
    send(dav.request("UNLOCK", "/d").header("Lock-Token", token)).is(204);
    send(dav.request("PUT", "/d").body("content")).is(204);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "port of its own       | ORIGIN                       | 127.0.0.1:PORT       | 201",
        "default port          | https://dav.example.org      | dav.example.org      | 201",
        "default port, spelled | https://dav.example.org:443  | dav.example.org      | 201",
        "path                  |                              | dav.example.org      | 201",
        "another server        | https://other.example        | dav.example.org      | 502",
        "another port          | https://dav.example.org:8443 | dav.example.org      | 502",
      })
  void destination_isAUrlOfTheProxy(String row, String origin, String host, int status) {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "content").is(201);
    String known = origin == null ? "" : origin.replace("ORIGIN", proxy.origin());
    for (String method : List.of("COPY", "MOVE")) {
      send(dav.request(method, "/d")
              .header("Host", host.replace("PORT", String.valueOf(proxy.port())))
              .header("Destination", known + dav.href("/" + method)))
          .is(status);
      dav.get("/" + method).is(status == 201 ? 200 : 404);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%20b", "/%C3%A4", "/%25", "/%2541", "/%3Ba;b", "/+%2B", "/%3F%23", "/[a]", "/a'(b)"
      })
  void name_arrivesAsItWasSent(String path) {
    Dav dav = Dav.inNewCollection();
    send(dav.request("PUT", path).body(path)).is(201);
    assertEquals(path, dav.get(path).is(200).text());
    assertEquals(path, send(dav.request("GET", path)).is(200).text());
    Xml direct = dav.propfind("/", 1, "<D:allprop/>").xml();
    Xml proxied = send(dav.request("PROPFIND", "/").header("Depth", 1)).is(207).xml();
    assertEquals(direct.texts("//D:href"), proxied.texts("//D:href"));
  }

  @Test
  void entityTag_isThatOfTheDocument() {
    Dav dav = Dav.inNewCollection();
    dav.request("PUT", "/d")
        .header("Content-Type", "text/html")
        .body("content ".repeat(500))
        .send();
    String tag = dav.get("/d").is(200).header("ETag");
    Response got = send(dav.request("GET", "/d").header("Accept-Encoding", "gzip, br")).is(200);
    assertEquals(tag, got.header("ETag"));
    send(dav.request("PUT", "/d").header("If-Match", tag).body("other")).is(204);
  }

  @Test
  void largeDocument_goesUpAndDown() {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[20_000_000];
    new Random(1).nextBytes(content);
    send(dav.request("PUT", "/d").body(content)).is(201);
    assertArrayEquals(content, send(dav.request("GET", "/d")).is(200).body());
  }

  @Test
  void upload_isPassedOnAsItArrivesWhateverItsLength() throws IOException {
    Request put =
        Dav.inNewCollection().request("PUT", "/d").header("Content-Length", 5_000_000_000L);
    try (RawConnection connection = proxy.connect()) {
      connection.send(proxy.bytes(put)).send("x".repeat(1_000_000));
      SlowStore.awaitPassed("progress", 1);
      assertFalse(connection.hasMore());
    }
  }

  /** What is sent to a server directly, who would take it for an invitation to leave HTTP/1.1. */
  @ParameterizedTest
  @ValueSource(strings = {"Upgrade, HTTP2-Settings", "upgrade,http2-settings", "HTTP2-Settings"})
  void noUpgrade_isATunnelPastTheRules(String connection) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "content").is(201);
    Request get =
        dav.request("GET", "/d")
            .header("Connection", connection)
            .header("Upgrade", "h2c")
            .header("HTTP2-Settings", "AAMAAABkAAQAAP__");
    try (RawConnection raw = proxy.connect()) {
      Head head = raw.send(proxy.bytes(get)).receiveHead();
      assertEquals(200, head.status());
      assertEquals("content", new String(raw.receiveBody(head), StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/other/",
        "/meantime",
        "/meantimes/",
        "/MEANTIME/",
        "//",
        "/./",
        "/meantime/../",
        "/meantime/%2e%2e/",
        "/meantime/%2E./",
        "/meantime/dav/../../",
        "/meantime/dav/%2e%2e/%2e%2e/",
        "/meantime/..;/",
        "/meantime/..;x=y/",
        "/meantime/%2e%2e;/",
        "/meantime/..%2f",
        "/meantime/%2e%2e%2f",
        "/meantime/..%5c",
        "/meantime/.%252e/",
        "/;/meantime/../",
        "http://127.0.0.1:8080/",
        "http://127.0.0.1:8080/meantime/../",
      })
  void nothingElseOfTheServer_isReached(String target) throws IOException {
    Request get = new Request("GET", target);
    Dav.as(User.ADMIN).user().authorization().ifPresent(it -> get.header("Authorization", it));
    try (RawConnection raw = proxy.connect()) {
      Response answer = raw.send(proxy.bytes(get)).receive();
      assertTrue(answer.status() >= 400 || answer.status() == 301, answer::toString);
      assertFalse(answer.text().contains("WildFly"), answer::toString);
    }
  }

  @Test
  void trace_isAnsweredByTheProxy() throws IOException {
    Dav dav = Dav.inNewCollection();
    Request inside = dav.request("MKCOL", "/made-by-the-content-of-a-trace/");
    Request trace = Dav.as(User.ANONYMOUS).request("TRACE", "/").body(proxy.bytes(inside));
    try (RawConnection raw = proxy.connect()) {
      Response answer = raw.send(proxy.bytes(trace)).receive().is(405);
      assertFalse(answer.text().contains("Authorization"), answer::toString);
    }
    dav.get("/made-by-the-content-of-a-trace/").is(404);
  }

  /**
   * What the proxy adds is not the client's to take away, nor is there anything to be had for it.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Connection: X-Forwarded-For",
        "Connection: close, X-Forwarded-For, X-Forwarded-Proto, Host",
        "X-Forwarded-For:",
        "X-Forwarded-For: 192.0.2.1",
      })
  void whoHidesTheProxy_getsNoInterims(String field) throws Exception {
    String[] parts = field.split(": ?", 2);
    try (LongWork work = LongWork.begin(proxy, request -> request.header(parts[0], parts[1]));
        Metronome metronome = Metronome.start()) {
      metronome.await(3);
      assertEquals(List.of(), work.finish().is(201).interims());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-Host: evil.example", "Forwarded: host=evil.example"})
  void whoForgesAHost_changesHisOwnRequestOnly(String field) {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "content").is(201);
    String[] parts = field.split(": ", 2);
    Response answer = send(dav.request("GET", "/").header(parts[0], parts[1])).is(200);
    assertFalse(answer.toString().contains("evil"), answer::toString);
    send(dav.by(User.ANONYMOUS).request("GET", "/d").header(parts[0], parts[1])).is(401);
  }

  @Test
  void uploadThatIsRefused_isToldWhy() {
    Request put = Dav.as(User.ANONYMOUS).request("PUT", "/d").body(new byte[5_000_000]);
    send(put).is(401);
  }

  @Test
  void listing_isPassedOnAsItGrows() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/a", "").is(201);
    dav.put("/b", "").is(201);
    String point = "member" + below(dav, "");
    SlowStore.close(point);
    try (RawConnection connection = proxy.connect()) {
      connection.send(proxy.bytes(dav.request("PROPFIND", "/").header("Depth", "infinity")));
      Head head = connection.receiveHead();
      assertEquals(207, head.status());
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      while (!body.toString(StandardCharsets.UTF_8).contains("</D:response>")) {
        body.write(connection.chunk());
      }
      byte[] sign = connection.chunk();
      assertTrue(new String(sign, StandardCharsets.UTF_8).isBlank());
      SlowStore.open(point);
      body.write(sign);
      body.write(connection.receiveBody(head));
      Response whole = new Response(List.of(), head, body.toByteArray());
      assertEquals(3, whole.xml().count("/D:multistatus/D:response"));
    }
  }

  @Test
  void listingThatFails_breaksTheConnection() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/a", "").is(201);
    String point = "member" + below(dav, "");
    SlowStore.close(point);
    SlowStore.fail(point, "BUG");
    try (RawConnection connection = proxy.connect()) {
      connection.send(proxy.bytes(dav.request("PROPFIND", "/").header("Depth", "infinity")));
      assertEquals(207, connection.receiveHead().status());
      connection.chunk();
      SlowStore.open(point);
      String rest = new String(connection.rest(), StandardCharsets.UTF_8);
      assertFalse(rest.contains("</D:multistatus>") || rest.endsWith("0\r\n\r\n"), rest);
    }
  }

  @Test
  void longWork_hasNoInterimsByDefault() throws Exception {
    try (LongWork work = LongWork.begin(proxy);
        Metronome metronome = Metronome.start()) {
      metronome.await(4);
      assertEquals(List.of(), work.finish().is(201).interims());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"basic", "copymove", "props", "locks", "http"})
  void litmus_passes(String suite) {
    Tool litmus = Tool.find("litmus").with(Map.of("TESTS", suite));
    String url = proxy.origin() + Dav.inNewCollection().href("/");
    String user = User.WRITER.username();
    String output = litmus.attempt(List.of(), url, user, User.WRITER.password()).text();
    Matcher summary = Pattern.compile("of (\\d+) tests run: (\\d+) passed").matcher(output);
    assertTrue(summary.find() && !summary.group(1).equals("0"), output);
    assertEquals(summary.group(1), summary.group(2), output);
  }
}
