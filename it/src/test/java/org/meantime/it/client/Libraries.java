package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Libraries for Java at long work: what PROTOCOL.md says each is sent. */
final class Libraries {
  private Libraries() {}

  private record Row(String name, int most, boolean impatient, Supplier<Library> library) {}

  private static final List<Row> ROWS =
      List.of(
          new Row("Apache HttpClient 5", Client.ANY, true, HttpLibrary::apache5),
          new Row("Sardine", Client.ANY, true, SardineLibrary::new),
          new Row("java.net.http", 8, false, () -> HttpLibrary.jdk(HttpClient.Version.HTTP_1_1)),
          new Row("OkHttp 4", 1, false, HttpLibrary::okhttp));

  static Stream<Client> clients() {
    return ROWS.stream().flatMap(row -> Stream.of(copying(row), listing(row)));
  }

  private static Client copying(Row row) {
    return new Client(
        row.name() + ", COPY",
        "stage/a",
        row.most(),
        row.impatient(),
        site -> {
          Library library = row.library().get();
          library.copy(site.url("/a/"), site.url("/b/"));
          assertEquals("content", library.get(site.url("/d")));
          assertEquals("member", site.dav().get("/b/member").text());
        });
  }

  private static Client listing(Row row) {
    return new Client(
        row.name() + ", PROPFIND",
        "deadProperties/a",
        row.most(),
        row.impatient(),
        site -> {
          Library library = row.library().get();
          assertEquals(2, library.list(site.url("/a/")));
          assertEquals("content", library.get(site.url("/d")));
        });
  }
}
