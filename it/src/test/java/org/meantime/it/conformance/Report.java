package org.meantime.it.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicContainer;
import org.opentest4j.TestAbortedException;

/** What came of each check, as a table. */
final class Report {
  private record Row(String section, String check, String result) {}

  private final List<Row> rows = new ArrayList<>();

  /** The checks as tests that are reported here. */
  DynamicContainer section(String name, List<Check> checks) {
    return dynamicContainer(
        name, checks.stream().map(check -> dynamicTest(check.name(), () -> execute(name, check))));
  }

  private void execute(String section, Check check) throws Throwable {
    String result = "passed";
    try {
      check.executable().execute();
    } catch (TestAbortedException e) {
      result = e.getMessage();
      throw e;
    } catch (Throwable e) {
      result = "**failed**: " + e.getMessage();
      throw e;
    } finally {
      rows.add(new Row(section, check.name(), result));
    }
  }

  /** To the output, and to a file below {@code target} that has the server's name. */
  void publish(String server, String title) throws IOException {
    StringBuilder text = new StringBuilder(title + "\n\n| | check | result |\n|---|---|---|\n");
    String last = "";
    for (Row row : rows) {
      String section = row.section().equals(last) ? "" : row.section();
      text.append("| %s | %s | %s |%n".formatted(section, row.check(), cell(row.result())));
      last = row.section();
    }
    System.out.println("\n" + text);
    Files.writeString(Path.of("target", "conformance-" + server + ".md"), text);
  }

  private static String cell(String result) {
    String line = result.replaceAll("\\s+", " ").replace("|", "\\|");
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
