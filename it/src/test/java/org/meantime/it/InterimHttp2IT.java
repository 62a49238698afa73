package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.Http2;
import org.meantime.it.http.Http2Stream;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Tls;
import org.meantime.it.server.Server;
import org.meantime.it.server.SlowStore;

/** 102s on HTTP/2 connections, each stream its own, while a store is busy. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class InterimHttp2IT {
  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(InterimHttp11IT.EACH_SECOND);
  }

  @AfterEach
  void open() {
    SlowStore.reset();
  }

  @TestFactory
  List<DynamicTest> streamsOfOneConnection_eachHearsOfItsOwnWork() {
    List<SlowWork> works =
        SlowWork.ALL.stream()
            .filter(work -> work.point().contains("/") && !work.name().contains("length"))
            .toList();
    List<Dav> davs = works.stream().map(work -> Dav.inNewCollection()).toList();
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      requests.add(works.get(i).prepare().apply(davs.get(i)));
    }
    List<Response> responses = new ArrayList<>();
    try (Http2 http2 = Http2.open()) {
      for (int i = 0; i < works.size(); i++) {
        SlowStore.close(works.get(i).pointBelow(davs.get(i)));
      }
      List<Http2Stream> streams = requests.stream().map(http2::send).toList();
      streams.forEach(stream -> stream.awaitInterim(2));
      for (int i = 0; i < works.size(); i++) {
        SlowStore.open(works.get(i).pointBelow(davs.get(i)));
      }
      streams.forEach(stream -> responses.add(stream.response()));
    }
    List<DynamicTest> checks = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      SlowWork work = works.get(i);
      Response response = responses.get(i);
      checks.add(dynamicTest(work.name(), () -> check(work, response)));
    }
    return checks;
  }

  private static void check(SlowWork work, Response response) {
    work.check().accept(response.is(work.status()));
    assertTrue(response.interims().size() >= 2);
    for (Head interim : response.interims()) {
      assertEquals(102, interim.status());
      // Grizzly adds a Date, which a 102 may have
      interim.headers().fields().forEach(field -> assertEquals("date", field.getKey()));
    }
  }

  @Test
  void anInterim_isAHeadersFrameThatDoesNotEndTheStream() {
    checkFrames(Http2.open());
  }

  @Test
  void withoutTls_interimsAreTheSame() {
    checkFrames(Http2.openPlain());
  }

  private static void checkFrames(Http2 open) {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    try (Http2 http2 = open) {
      SlowStore.close("stage");
      Http2Stream copy = http2.send(copy(dav, "/a/", "/b/"));
      copy.awaitInterim(2);
      http2.frames().ofType("HEADERS").forEach(frame -> assertTrue(frame.endHeaders()));
      assertEquals(0, http2.frames().countEnded());
      SlowStore.open("stage");
      copy.response().is(201);
      assertEquals(1, http2.frames().countEnded());
    }
  }

  @Test
  void whileOneStreamIsAtWork_othersAreServed() {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    try (Http2 http2 = Http2.open()) {
      SlowStore.close("stage");
      Http2Stream copy = http2.send(copy(dav, "/a/", "/b/"));
      copy.awaitInterim(1);
      Response put = http2.send(dav.request("PUT", "/c.txt").body("c")).response().is(201);
      assertEquals(List.of(), put.interims());
      assertEquals("c", http2.send(dav.request("GET", "/c.txt")).response().is(200).text());
      copy.awaitInterim(2);
      SlowStore.open("stage");
      copy.response().is(201);
    }
  }

  @Test
  void getHeadOptions_neverHaveAny() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "text").is(201);
    String point = "find" + SlowWork.below(dav, "/a.txt");
    try (Metronome metronome = Metronome.start();
        Http2 http2 = Http2.open()) {
      SlowStore.close(point);
      List<Http2Stream> streams =
          List.of(
              http2.send(dav.request("GET", "/a.txt")),
              http2.send(dav.request("HEAD", "/a.txt")),
              http2.send(dav.request("OPTIONS", "/a.txt")));
      SlowStore.awaitWaiting(point, 3);
      metronome.await(3);
      SlowStore.open(point);
      streams.forEach(stream -> assertEquals(List.of(), stream.response().is(200).interims()));
    }
  }

  @Test
  void workThatFailsAfterInterims_isOneFinalResponse() {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    try (Http2 http2 = Http2.open()) {
      SlowStore.close("stage");
      SlowStore.fail("stage", "BUG");
      Http2Stream copy = http2.send(copy(dav, "/a/", "/b/"));
      copy.awaitInterim(1);
      SlowStore.open("stage");
      assertFalse(copy.response().is(500).text().contains("secret"));
      http2.send(dav.request("GET", "/b/")).response().is(404);
    }
  }

  @Test
  void multistatusThatFails_isResetAndTheConnectionGoesOn() {
    Dav dav = Dav.inNewCollection();
    dav.put("/a", "").is(201);
    try (Http2 http2 = Http2.open()) {
      SlowStore.close("member");
      SlowStore.fail("member", "FULL");
      Http2Stream propfind = http2.send(dav.request("PROPFIND", "/").header("Depth", "infinity"));
      propfind.awaitContent(1);
      SlowStore.open("member");
      propfind.failure();
      assertEquals(1, http2.frames().ofType("RST_STREAM").size());
      assertEquals(0, http2.frames().countEnded());
      http2.send(dav.request("GET", "/a")).response().is(200);
    }
  }

  @Test
  void aPropfindThatIsReset_endsAtItsNextMember() throws Exception {
    Dav dav = Dav.inNewCollection();
    for (int i = 0; i < 20; i++) {
      dav.put("/" + i, "").is(201);
    }
    String members = SlowWork.below(dav, "");
    try (Metronome metronome = Metronome.start()) {
      SlowStore.close("member" + members);
      InputStream listing = listing(dav);
      assertTrue(listing.read() >= 0);
      listing.close(); // which sends RST_STREAM
      metronome.await(3);
      SlowStore.open("member" + members);
      SlowStore.awaitPassed("membersEnd" + members, 1);
      assertEquals(1, SlowStore.passed("member" + members));
    }
  }

  /** By Java's own client: HttpCore resets no stream whose request is complete. */
  private static InputStream listing(Dav dav) throws IOException, InterruptedException {
    URI uri = URI.create("https://127.0.0.1:" + Server.httpsPort() + dav.href("/"));
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method("PROPFIND", HttpRequest.BodyPublishers.noBody())
            .header("Depth", "infinity")
            .header("Authorization", dav.user().authorization().orElseThrow())
            .build();
    HttpClient client = HttpClient.newBuilder().sslContext(Tls.anyServer()).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    assertEquals(HttpClient.Version.HTTP_2, response.version());
    return response.body();
  }

  @Test
  void hundredsOfInterims_leaveTheConnectionAsItWas() {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/a/").is(201);
    try (Http2 http2 = Http2.open()) {
      SlowStore.close("deadProperties");
      List<Http2Stream> streams = new ArrayList<>();
      for (int i = 0; i < 90; i++) {
        // all alike: Grizzly ends a connection whose table of fields (HPACK) overflows
        streams.add(http2.send(dav.request("PROPFIND", "/a/").header("Depth", "infinity")));
      }
      streams.forEach(stream -> stream.awaitInterim(6));
      SlowStore.open("deadProperties");
      streams.forEach(stream -> stream.response().is(207));
      dav.put("/b", "text").is(201);
      assertEquals("text", http2.send(dav.request("GET", "/b")).response().is(200).text());
    }
  }

  private static Request copy(Dav dav, String from, String to) {
    return dav.request("COPY", from).header("Destination", dav.href(to));
  }
}
