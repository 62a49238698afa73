package org.meantime.dav.web;

import static org.meantime.dav.xml.Html.escape;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.management.Build;
import org.meantime.dav.operation.Body;
import org.meantime.dav.operation.Journal;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.operation.OperationDocument.State;
import org.meantime.dav.operation.OperationDocuments.Page;

/**
 * The documents of operations as people read them: a table, which a script keeps up to date where
 * there is one, and which otherwise loads itself again.
 *
 * @param text the whole page
 */
record OperationsPage(String text) {
  /** Nothing but our own style and script. */
  static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  /** The parameter that says where in the list a page begins. */
  static final String FROM = "from";

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width">
      <title>%1$s</title>
      <link rel="stylesheet" href="%2$s/operations.css">
      <noscript><meta http-equiv="refresh" content="5"></noscript>
      <script src="%2$s/operations.js" defer></script>
      </head>
      <body%3$s>
      <h1>%1$s</h1>
      <p role="status">%4$s</p>
      <table>
      <thead><tr><th scope="col">Operation</th><th scope="col">State</th><th scope="col">Progress</th>\
      <th scope="col" class="number">Age</th><th scope="col">User</th><th scope="col">Client</th>\
      <th scope="col" class="number">102s sent</th><th scope="col">Action</th></tr></thead>
      <tbody>
      %5$s</tbody>
      </table>
      <nav>%6$s</nav>
      <footer class="quiet">Meantime %7$s</footer>
      </body>
      </html>
      """;

  private static final String ROW =
      """
      <tr id="o%1$s" class="%2$s">\
      <td><a href="%3$s">%4$s %5$s</a></td>\
      <td><span class="state">%2$s</span>%6$s</td>\
      <td class="progress">%7$s</td>\
      <td class="number">%8$s</td>\
      <td>%9$s</td>\
      <td class="quiet">%10$s</td>\
      <td class="number">%11$d</td>\
      <td>%12$s</td></tr>
      """;

  private static final String BUTTON =
      """
      <form method="post" action="%1$s"><button name="action" value="%2$s" \
      aria-label="%3$s %4$s">%3$s</button></form>\
      """;

  /** A file the page refers to. */
  enum Asset {
    STYLE("operations.css", "text/css; charset=utf-8"),
    SCRIPT("operations.js", "text/javascript; charset=utf-8");

    private final String name;
    private final String type;

    Asset(String name, String type) {
      this.name = name;
      this.type = type;
    }

    /** The one at that path below the list of operations. */
    static Optional<Asset> at(String path) {
      return Arrays.stream(values()).filter(asset -> path.equals("/" + asset.name)).findFirst();
    }

    String type() {
      return type;
    }

    Body content() {
      return out -> {
        try (InputStream in = OperationsPage.class.getResourceAsStream(name)) {
          in.transferTo(out);
        }
      };
    }
  }

  /**
   * Some of them.
   *
   * @param later whether there are newer ones than these
   * @param base the URL path of the list, without a slash at the end
   */
  static OperationsPage of(Page page, boolean later, String base) {
    StringBuilder rows = new StringBuilder();
    page.documents().forEach(document -> rows.append(row(document)));
    String told =
        page.all() == 0
            ? "There are no long operations."
            : page.running() + " of " + page.all() + " under way.";
    String first = later ? "<p><a href=\"%s/\">The newest</a></p>\n".formatted(base) : "";
    String next =
        next(page, base)
            .map(href -> "<p><a rel=\"next\" href=\"%s\">Older ones</a></p>\n".formatted(href))
            .orElse("");
    return new OperationsPage(
        PAGE.formatted("Operations", base, "", told, rows, first + next, build()));
  }

  /** Where the rest of the list is. */
  static Optional<String> next(Page page, String base) {
    return page.next().map(place -> base + "/?" + FROM + "=" + place);
  }

  /** One of them. */
  static OperationsPage of(OperationDocument document, String base) {
    String title = escape(name(document.entry()));
    String follow = document.ended().isEmpty() ? " data-follow=\"events\"" : "";
    String told = "The operation is " + told(document.state()) + ".";
    String result =
        document
            .result()
            .flatMap(kept -> kept.content())
            .map(
                body ->
                    "<p><a href=\"%s\">What it answered</a></p>\n"
                        .formatted(escape(document.href() + OperationJson.RESULT)))
            .orElse("");
    String all = "<p><a href=\"%s/\">All operations</a></p>\n".formatted(base);
    return new OperationsPage(
        PAGE.formatted(title, base, follow, told, row(document), result + all, build()));
  }

  private static String build() {
    return escape(Build.current().toString());
  }

  private static String told(State state) {
    return switch (state) {
      case RUNNING -> "under way";
      case CANCELLING -> "being cancelled";
      case DONE -> "done";
      case FAILED -> "over: it failed";
      case CANCELLED -> "cancelled";
    };
  }

  /** What it does, in a line. */
  static String name(Journal.Entry entry) {
    return entry.method()
        + " "
        + shown(entry.target())
        + entry.destination().map(destination -> " to " + shown(destination)).orElse("");
  }

  /** An href as people read it. */
  static String shown(String href) {
    return "/" + String.join("/", ResourcePath.parse(href).segments());
  }

  private static String row(OperationDocument document) {
    Journal.Entry entry = document.entry();
    String where =
        escape(shown(entry.target()) + entry.destination().map(it -> " → " + shown(it)).orElse(""));
    return ROW.formatted(
        entry.id(),
        OperationJson.state(document),
        escape(document.href()),
        escape(entry.method()),
        where,
        outcome(document),
        ProgressCell.of(document),
        age(entry, document.ended().map(OperationDocument.End::at).orElseGet(Instant::now)),
        escape(entry.user()),
        escape(entry.agent()),
        document.interims(),
        button(document));
  }

  private static String outcome(OperationDocument document) {
    return document
        .ended()
        .map(
            end ->
                end.status().map(status -> " " + status.code()).orElse("")
                    + (end.reason().isEmpty()
                        ? ""
                        : "<br><span class=\"quiet\">" + escape(end.reason()) + "</span>"))
        .orElse("");
  }

  private static String age(Journal.Entry entry, Instant now) {
    Duration age = Duration.between(entry.startedAt(), now);
    return age.toHours() > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", age.toHours(), age.toMinutesPart(), age.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", age.toMinutes(), age.toSecondsPart());
  }

  private static String button(OperationDocument document) {
    return switch (document.state()) {
      case RUNNING -> button(document, "cancel", "Cancel");
      case CANCELLING -> "";
      case DONE, FAILED, CANCELLED -> button(document, "forget", "Forget");
    };
  }

  private static String button(OperationDocument document, String action, String label) {
    return BUTTON.formatted(escape(document.href()), action, label, escape(name(document.entry())));
  }
}
