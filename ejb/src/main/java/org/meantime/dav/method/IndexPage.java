package org.meantime.dav.method;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.meantime.dav.xml.Html.escape;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;

/**
 * What a browser shows of a collection: a table of its members, collections first, in the order the
 * query asks for ({@code ?sort=size&order=desc}); of a large one as they come. Plain HTML that
 * works without script. What sorts it are buttons: a program that follows all links would fetch a
 * copy of each collection for each order.
 */
final class IndexPage {
  /**
   * So many rows are kept to be sorted, some 200 bytes each; a larger table nobody reads anyway.
   */
  private static final int MOST_SORTED = 10_000;

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Comparator<Row> BY_NAME =
      Comparator.comparing(Row::name, String.CASE_INSENSITIVE_ORDER).thenComparing(Row::name);
  private static final Map<String, Comparator<Row>> ORDERS =
      Map.of(
          "name", BY_NAME,
          "size", Comparator.comparingLong(Row::size).thenComparing(BY_NAME),
          "date", Comparator.comparing(Row::modified).thenComparing(BY_NAME));
  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%1$s</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
      h1 { font-size: 1.25rem; overflow-wrap: anywhere }
      table { border-collapse: collapse; width: 100%% }
      th { text-align: left }
      th, td { border-bottom: 1px solid #8884; padding: .25rem .5rem; overflow-wrap: anywhere }
      th:nth-child(n+2), td:nth-child(n+2) { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
      form { display: inline }
      button { background: none; border: 0; color: inherit; cursor: pointer; font: inherit; padding: 0 }
      a, button { text-decoration: none }
      a:hover, a:focus, button:hover, button:focus { text-decoration: underline }
      </style>
      </head>
      <body>
      <h1>%1$s</h1>
      """;

  /** What is shown of a member; its dead properties, which may be large, are not kept. */
  private record Row(String name, boolean isCollection, long size, Instant modified) {
    static Row of(Resource member) {
      return new Row(
          member.path().name(),
          member instanceof CollectionResource,
          member instanceof DocumentResource document ? document.length() : 0,
          member.modified());
    }
  }

  private final CollectionResource collection;
  private final GetRequest request;
  private final String sort;
  private final boolean descending;

  IndexPage(CollectionResource collection, GetRequest request) {
    this.collection = collection;
    this.request = request;
    List<String> query = List.of(request.query().split("&"));
    this.sort =
        ORDERS.keySet().stream()
            .filter(key -> query.contains("sort=" + key))
            .findFirst()
            .orElse("name");
    this.descending = query.contains("order=desc");
  }

  void send(Operation operation) {
    operation.header("Content-Type", "text/html; charset=utf-8");
    operation.header("Content-Security-Policy", POLICY);
    if (request.content()) {
      operation.send(Status.OK, this::write);
    } else {
      operation.send(Status.OK);
    }
  }

  void write(OutputStream out) throws IOException {
    Writer page = new OutputStreamWriter(out, UTF_8);
    page.write(HEAD.formatted(escape("Index of " + here())));
    try (Stream<Resource> members = collection.members()) {
      Iterator<Row> rows = members.map(Row::of).iterator();
      List<Row> first = new ArrayList<>();
      while (rows.hasNext() && first.size() < MOST_SORTED) {
        first.add(rows.next());
      }
      boolean sorted = !rows.hasNext();
      begin(page, sorted);
      if (sorted) {
        first.sort(order());
      }
      for (Row row : first) {
        page.write(row(row));
      }
      while (rows.hasNext()) {
        page.write(row(rows.next()));
      }
    }
    page.write("</tbody>\n</table>\n");
    String operations = request.head().base() + "/" + OperationDocument.SEGMENT + "/";
    page.write("<p><a href=\"%s\">Long operations</a></p>\n".formatted(escape(operations)));
    page.write("</body>\n</html>\n");
    page.flush();
  }

  private void begin(Writer page, boolean sorted) throws IOException {
    if (!sorted) {
      page.write(String.format(Locale.ROOT, "<p>Over %,d members, unsorted.</p>\n", MOST_SORTED));
    }
    page.write("<table>\n<thead><tr>");
    page.write(column("name", "Name", sorted) + column("size", "Size", sorted));
    page.write(column("date", "Modified (UTC)", sorted) + "</tr></thead>\n<tbody>\n");
    if (!collection.path().isRoot()) {
      page.write(row(request.head().href(collection.path().parent(), true), "../", "", ""));
    }
  }

  private Comparator<Row> order() {
    Comparator<Row> order = ORDERS.get(sort);
    return Comparator.comparing((Row it) -> !it.isCollection())
        .thenComparing(descending ? order.reversed() : order);
  }

  private String here() {
    return "/" + String.join("/", collection.path().segments());
  }

  /** A heading that sorts by its column, the other way round where the page is in that order. */
  private String column(String key, String title, boolean sorted) {
    if (!sorted) {
      return "<th scope=\"col\">" + title + "</th>";
    }
    boolean current = key.equals(sort);
    String state = descending ? "descending" : "ascending";
    return ("<th scope=\"col\"%s><form><input type=\"hidden\" name=\"order\" value=\"%s\">"
            + "<button name=\"sort\" value=\"%s\">%s%s</button></form></th>")
        .formatted(
            current ? " aria-sort=\"" + state + "\"" : "",
            current && !descending ? "desc" : "asc",
            key,
            title,
            current ? descending ? " ▾" : " ▴" : "");
  }

  private String row(Row member) {
    return row(
        request.head().href(collection.path().member(member.name()), member.isCollection()),
        member.name() + (member.isCollection() ? "/" : ""),
        member.isCollection() ? "" : humanSize(member.size()),
        date(member.modified()));
  }

  private static String row(String href, String name, String size, String date) {
    return "<tr><td><a href=\"%s\">%s</a></td><td>%s</td><td>%s</td></tr>\n"
        .formatted(escape(href), escape(name), size, date);
  }

  private static String humanSize(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    int unit = (63 - Long.numberOfLeadingZeros(bytes)) / 10;
    return String.format(
        Locale.ROOT, "%.1f %ciB", bytes / (double) (1L << unit * 10), " KMGTPE".charAt(unit));
  }

  private static String date(Instant instant) {
    return DATE.format(instant);
  }
}
