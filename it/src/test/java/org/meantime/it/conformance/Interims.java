package org.meantime.it.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.it.conformance.Check.offered;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Head;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;

/** 102 (Processing), RFC 2518 §10.1, on HTTP/1.1 connections. */
final class Interims {
  private static final Pattern PROGRESS = Pattern.compile("(\\d+)/(\\d*)( +\".*\")?");

  private final Dav dav;
  private final Once<LongWork> work;
  private final Once<LongExchange> exchange;

  Interims(Dav dav, Once<LongWork> work) {
    this.dav = dav;
    this.work = work;
    exchange = new Once<>(() -> LongExchange.run(dav, offer()));
  }

  List<Check> checks() {
    return List.of(
        new Check("long COPY: 102s, then one final response", this::longCopy),
        new Check("102: no content, no length", () -> checkForm(exchange.get().copy())),
        new Check("next request on the connection: its own answer", this::nextRequest),
        new Check("GET, HEAD, OPTIONS: none", this::safeMethods),
        new Check("request that has not arrived: none", this::unfinishedRequests),
        new Check("Prefer: processing: Progress and Location", this::progress),
        new Check("HTTP/1.0: none", this::http10),
        new Check("DELETE: 102s have the same form", this::longDelete));
  }

  static long count(Response response) {
    return response.interims().stream().filter(interim -> interim.status() == 102).count();
  }

  /** The work, where the server says anything while it is at it. */
  private LongWork offer() throws Throwable {
    return offer(work);
  }

  static LongWork offer(Once<LongWork> work) throws Throwable {
    LongWork made = work.get();
    offered(made.interims(), "no 102 in a " + made + " that took " + made.seconds() + " s");
    return made;
  }

  private void longCopy() throws Throwable {
    Response copy = exchange.get().copy().is(201);
    assertTrue(count(copy) > 0, "none, though a COPY of a quarter had one");
    copy.interims().forEach(interim -> assertEquals(102, interim.status()));
  }

  static void checkForm(Response response) {
    for (Head interim : response.interims()) {
      assertEquals(List.of(), interim.headers().all("Content-Length"));
      assertEquals(List.of(), interim.headers().all("Transfer-Encoding"));
    }
  }

  private void nextRequest() throws Throwable {
    assertEquals(LongExchange.CONTENT, exchange.get().get().is(200).text());
  }

  private void safeMethods() throws Throwable {
    LongExchange seen = exchange.get();
    for (Response response : List.of(seen.get(), seen.head(), seen.options())) {
      assertTrue(response.status() < 300, response::toString);
      assertEquals(0, count(response));
    }
  }

  private void unfinishedRequests() throws Throwable {
    for (Response response : List.of(exchange.get().put(), exchange.get().proppatch())) {
      assertTrue(response.status() < 300, response::toString);
      assertEquals(0, count(response));
    }
  }

  private void progress() throws Throwable {
    List<Head> interims = exchange.get().copy().interims();
    offered(
        interims.stream().anyMatch(interim -> interim.headers().find("Progress").isPresent()),
        "no Progress");
    long last = 0;
    for (Head interim : interims) {
      String progress = interim.headers().find("Progress").orElse("");
      Matcher matcher = PROGRESS.matcher(progress);
      assertTrue(matcher.matches(), "Progress: " + progress);
      long done = Long.parseLong(matcher.group(1));
      assertTrue(done >= last, done + " after " + last);
      last = done;
      new OperationDocument(dav.user(), interim.headers().find("Location").orElseThrow()).get();
    }
  }

  private void http10() throws Throwable {
    Request request = offer().copy("/http10/");
    try (RawConnection connection = RawConnection.open()) {
      String bytes = new String(request.bytes(), StandardCharsets.ISO_8859_1);
      connection.send(bytes.replace(" HTTP/1.1\r\n", " HTTP/1.0\r\n"));
      assertEquals(0, connection.receive().is(201).interims().size());
      assertTrue(connection.atEnd(), "more after the final response");
    } finally {
      dav.delete("/http10/");
    }
  }

  private void longDelete() throws Throwable {
    Response response = offer().delete(LongExchange.COPY);
    assertTrue(response.status() < 300, response::toString);
    checkForm(response);
  }
}
