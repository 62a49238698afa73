package org.meantime.dav.web;

import static org.meantime.dav.xml.Html.escape;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.meantime.dav.operation.OperationDocument;
import org.meantime.dav.operation.Tally;

/** How far an operation is, as people read it. */
final class ProgressCell {
  private static final String UNITS = "kMGTPE";

  private ProgressCell() {}

  /** By bytes where it is known how many will come; by members otherwise. */
  static String of(OperationDocument document) {
    Tally tally = document.tally();
    boolean byBytes = document.length().isPresent();
    String counted = byBytes ? bytes(tally, document.length().getAsLong()) : members(tally);
    if (document.ended().isPresent()) {
      return quiet(counted);
    }
    String bar =
        byBytes
            ? bar(document, tally.bytes(), document.length())
            : bar(document, tally.members(), tally.expected());
    Optional<String> current = tally.current().map(path -> root(document) + path);
    return bar
        + quiet(counted + current.map(it -> "<br>" + escape(OperationsPage.shown(it))).orElse(""));
  }

  private static String quiet(String html) {
    return "<span class=\"quiet\">" + html + "</span>";
  }

  private static String bytes(Tally tally, long length) {
    return bytes(tally.bytes()) + " of " + bytes(length);
  }

  private static String members(Tally tally) {
    OptionalLong total = tally.expected();
    return tally.members()
        + (total.isPresent() ? " of " + total.getAsLong() : " done")
        + (tally.bytes() == 0 ? "" : " · " + bytes(tally.bytes()));
  }

  /** Without a value where the total is not known. */
  private static String bar(OperationDocument document, long done, OptionalLong total) {
    String value =
        total.isPresent() ? " value=\"%d\" max=\"%d\"".formatted(done, total.getAsLong()) : "";
    String name = OperationsPage.name(document.entry());
    return "<progress%s aria-label=\"%s\"></progress>".formatted(value, escape(name));
  }

  /** The href of the root of the store, without a slash at the end. */
  private static String root(OperationDocument document) {
    String href = document.href();
    return href.substring(0, href.indexOf("/" + OperationDocument.SEGMENT + "/"));
  }

  private static String bytes(long count) {
    if (count < 1000) {
      return count + " bytes";
    }
    double rest = count / 1000.0;
    int unit = 0;
    for (; rest >= 999.95 && unit < UNITS.length() - 1; unit++) {
      rest /= 1000;
    }
    return String.format(Locale.ROOT, "%.1f %cB", rest, UNITS.charAt(unit));
  }
}
