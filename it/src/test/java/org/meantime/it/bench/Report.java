package org.meantime.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The figures of one benchmark on one server, below {@code target/bench}. */
final class Report {
  private final String benchmark;
  private final String server = System.getProperty("arquillian.launch");
  private final Map<String, String> figures = new LinkedHashMap<>();

  Report(String benchmark) {
    this.benchmark = benchmark;
  }

  void figure(String name, long value) {
    figures.put(name, String.valueOf(value));
  }

  void figure(String name, double value) {
    figures.put(name, String.format(Locale.ROOT, "%.2f", value));
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
        .map(figure -> "  \"" + figure.getKey() + "\": " + figure.getValue())
        .collect(Collectors.joining(",\n", "{\n  \"server\": \"" + server + "\",\n", "\n}\n"));
  }

  private String table() {
    return figures.entrySet().stream()
        .map(figure -> "| " + figure.getKey() + " | " + figure.getValue() + " |\n")
        .collect(Collectors.joining("", "| " + benchmark + " | " + server + " |\n|---|---|\n", ""));
  }
}
