package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.server.User;

/**
 * What a request may cost: what is within a limit is served, what is over it is refused with a
 * reason and at once, the connection goes on or is closed as the answer said, and others are served
 * meanwhile.
 */
@Tag("ours")
class LimitsIT extends Protocol {
  private static final Duration AT_ONCE = Duration.ofSeconds(10);
  private static final String PROPFIND = "<D:propfind><D:prop>%s</D:prop></D:propfind>";
  private static final String PROPPATCH =
      "<D:propertyupdate><D:set><D:prop>%s</D:prop></D:set></D:propertyupdate>";
  private static final String LOCK =
      "<D:lockinfo><D:lockscope><D:shared/></D:lockscope><D:locktype><D:write/></D:locktype>"
          + "<D:owner>%s</D:owner></D:lockinfo>";

  /**
   * One request about the document d, which is there.
   *
   * @param before what was done before
   * @param status that of the answer
   * @param said what stands in it
   */
  private record Row(
      String name, Consumer<Dav> before, Function<Dav, Request> request, int status, String said) {
    Row(String name, Function<Dav, Request> request, int status, String said) {
      this(name, dav -> {}, request, status, said);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Row> rows() {
    return Stream.of(
        new Row("1,000 names asked for", xml("PROPFIND", PROPFIND, names(1000)), 207, "404"),
        new Row("1,001", xml("PROPFIND", PROPFIND, names(1001)), 403, "over 1000 properties"),
        new Row("10,000", xml("PROPFIND", PROPFIND, names(10_000)), 403, "over 1000 properties"),
        new Row("1,000 names set", xml("PROPPATCH", PROPPATCH, names(1000)), 207, "200"),
        new Row("1,001 set", xml("PROPPATCH", PROPPATCH, names(1001)), 403, "over 1000 properties"),
        new Row(
            "10,000 set", xml("PROPPATCH", PROPPATCH, names(10_000)), 403, "over 1000 properties"),
        new Row(
            "a name of 300 bytes",
            xml("PROPFIND", PROPFIND, "<Z:" + "n".repeat(300) + "/>"),
            403,
            "over 255 bytes"),
        new Row("1 MiB of XML", xml("PROPFIND", PROPFIND, " ".repeat(1 << 20)), 413, "too large"),
        new Row("a value of 60 KiB", proppatch(1, 60 * 1024), 207, "200 OK"),
        new Row("of 65 KiB", proppatch(1, 65 * 1024), 207, "a property is over 65536 bytes"),
        new Row("values of 0.9 MiB", proppatch(15, 60 * 1024), 207, "200 OK"),
        new Row(
            "of 1.05 MiB in two requests",
            dav -> proppatch(15, 60 * 1024).apply(dav).send().is(207),
            xml("PROPPATCH", PROPPATCH, value("a") + value("b") + value("c")),
            207,
            "would be over 1048576 bytes"),
        new Row("an owner of 8,000 bytes", xml("LOCK", LOCK, "x".repeat(8000)), 200, "xxx"),
        new Row("of 8,200", xml("LOCK", LOCK, "x".repeat(8200)), 403, "over 8192 bytes"),
        new Row("the 100th shared lock", locks(99), xml("LOCK", LOCK, "me"), 200, "me"),
        new Row("the 101st", locks(100), xml("LOCK", LOCK, "me"), 507, "100 shared locks"),
        new Row("255 segments", to("GET", "/a".repeat(254)), 404, ""),
        new Row("256 segments", to("GET", "/a".repeat(255)), 414, "over 255 segments"),
        new Row("3,000 segments", to("MKCOL", "/a".repeat(3000)), 414, "over 255 segments"),
        new Row("4,000 bytes", to("GET", ("/" + "%C3%A4".repeat(100)).repeat(19)), 404, ""),
        new Row(
            "5,000 bytes", to("GET", ("/" + "%C3%A4".repeat(100)).repeat(25)), 414, "4096 bytes"),
        new Row("255 segments to copy to", copy("/a".repeat(254)), 409, ""),
        new Row("256 segments to copy to", copy("/a".repeat(255)), 414, "over 255 segments"),
        new Row(
            "5,000 bytes to copy to",
            copy(("/" + "%C3%A4".repeat(100)).repeat(25)),
            414,
            "over 4096 bytes"),
        new Row(
            "256 segments in If",
            field("If", dav -> "<" + dav.href("/a".repeat(255)) + "> ([\"x\"])"),
            414,
            "over 255 segments"),
        new Row("If of 64 KiB", field("If", dav -> conditions(65_536)), 200, "one"),
        new Row("If of 65 KiB", field("If", dav -> conditions(66_560)), 431, "is over 65536 bytes"),
        new Row("a field of 16 KiB", field("X-Field", dav -> "x".repeat(16_384)), 200, "one"),
        new Row(
            "of a byte more",
            field("X-Field", dav -> "x".repeat(16_385)),
            431,
            "over 16384 bytes"));
  }

  private static Stream<Arguments> rowsByEachWay() {
    return Stream.of(Way.HTTP1, Way.HTTP2)
        .flatMap(way -> rows().map(row -> Arguments.of(row, way)));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("rowsByEachWay")
  void request_isServedOrRefusedAtOnce(Row row, Way way) throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    row.before().accept(dav);
    Request request = row.request().apply(dav);
    try (Way.Client client = way.open()) {
      Response answer =
          assertTimeout(
              AT_ONCE,
              () -> {
                CompletableFuture<Response> other =
                    CompletableFuture.supplyAsync(() -> dav.by(User.WRITER2).put("/o", "two"));
                Response got = client.send(request);
                other.join().is(201);
                return got;
              });
      answer.is(row.status());
      assertTrue(answer.text().contains(row.said()), answer::toString);
      client.assertEndedWell(answer, dav.request("GET", "/d"));
    }
    dav.get("/d").is(200);
  }

  private static Function<Dav, Request> xml(String method, String body, String content) {
    String xml = body.formatted(content);
    return dav -> dav.request(method, "/d").header("Depth", "0").xml(xml);
  }

  private static Function<Dav, Request> to(String method, String path) {
    return dav -> dav.request(method, path);
  }

  private static Function<Dav, Request> copy(String path) {
    return dav -> dav.request("COPY", "/d").header("Destination", dav.url(path));
  }

  private static Function<Dav, Request> field(String name, Function<Dav, String> value) {
    return dav -> dav.request("GET", "/d").header(name, value.apply(dav));
  }

  private static Function<Dav, Request> proppatch(int count, int bytes) {
    return xml(
        "PROPPATCH",
        PROPPATCH,
        IntStream.range(0, count)
            .mapToObj(i -> "<Z:p" + i + ">" + "x".repeat(bytes) + "</Z:p" + i + ">")
            .collect(Collectors.joining()));
  }

  private static String value(String name) {
    return "<Z:%1$s>%2$s</Z:%1$s>".formatted(name, "x".repeat(60 * 1024));
  }

  /** So many names with one hash between them. */
  private static String names(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "<Z:" + name(i) + "/>")
        .collect(Collectors.joining());
  }

  private static String name(int number) {
    return IntStream.range(0, 14)
        .mapToObj(bit -> (number >> bit & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static Consumer<Dav> locks(int count) {
    return dav -> {
      for (int i = 0; i < count; i++) {
        dav.lock("/d", "shared").is(200);
      }
    };
  }

  /** An If field of that length that holds. */
  private static String conditions(int length) {
    String condition = "(Not <DAV:no-lock>)";
    String conditions = condition.repeat(length / condition.length() - 1);
    String last = "(Not <urn:>)";
    String rest = "x".repeat(length - conditions.length() - last.length());
    return conditions + "(Not <urn:" + rest + ">)";
  }
}
