package org.meantime.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The figures of one benchmark on one server, below {@code target/bench}. */
final class Report {
  private static final String NONE = "null";

  private final String benchmark;
  private final String server = System.getProperty("arquillian.launch");
  private final List<String> columns;
  private final Map<String, List<String>> figures = new LinkedHashMap<>();

  /** One with a figure in each row. */
  Report(String benchmark) {
    this(benchmark, List.of());
  }

  /** One with several figures in each row. */
  Report(String benchmark, List<String> columns) {
    this.benchmark = benchmark;
    this.columns = columns;
  }

  void figure(String name, long value) {
    figures.put(name, List.of(String.valueOf(value)));
  }

  void figure(String name, double value) {
    figure(name, List.of(value));
  }

  /**
   * @param values one for each column, NaN where there is none
   */
  void figure(String name, List<Double> values) {
    figures.put(name, values.stream().map(Report::text).toList());
  }

  private static String text(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    String format = value < 1 ? "%.3f" : value < 100 ? "%.2f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }

  /** Writes them as JSON and as a table in Markdown, and prints the table. */
  void write() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "bench"));
    String name = benchmark + "-" + server;
    Files.writeString(folder.resolve(name + ".json"), json());
    Files.writeString(folder.resolve(name + ".md"), table());
    System.out.print(table());
  }

  private String json() {
    return figures.entrySet().stream()
        .map(figure -> "  \"" + figure.getKey() + "\": " + json(figure.getValue()))
        .collect(Collectors.joining(",\n", "{\n  \"server\": \"" + server + "\",\n", "\n}\n"));
  }

  private String json(List<String> values) {
    if (columns.isEmpty()) {
      return values.get(0);
    }
    return IntStream.range(0, values.size())
        .mapToObj(i -> "\"" + columns.get(i) + "\": " + values.get(i))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private String table() {
    List<String> heads = columns.isEmpty() ? List.of(server) : columns;
    String title = columns.isEmpty() ? benchmark : benchmark + ", " + server;
    return row(title, heads)
        + "|---".repeat(1 + heads.size())
        + "|\n"
        + figures.entrySet().stream()
            .map(figure -> row(figure.getKey(), figure.getValue()))
            .collect(Collectors.joining());
  }

  private static String row(String name, List<String> cells) {
    return cells.stream()
        .map(cell -> cell.equals(NONE) ? "" : cell)
        .collect(Collectors.joining(" | ", "| " + name + " | ", " |\n"));
  }
}
