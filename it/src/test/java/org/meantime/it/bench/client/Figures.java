package org.meantime.it.bench.client;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a workload found: its figures by name, and how many answers were wrong. */
public final class Figures {
  private static final String WRONG = "wrong";
  private static final String REASON = "reason";

  private final Map<String, Double> values = new LinkedHashMap<>();
  private long wrong;
  private Optional<String> reason = Optional.empty();

  void add(String name, double value) {
    values.put(name, value);
  }

  /** So many answers were wrong. */
  synchronized void wrong(long count, String why) {
    wrong += count;
    if (count > 0 && reason.isEmpty()) {
      reason = Optional.of(why.replaceAll("\\s+", " "));
    }
  }

  /** Forgets what was measured, not what was wrong. */
  void forget() {
    values.clear();
  }

  public Map<String, Double> values() {
    return Collections.unmodifiableMap(values);
  }

  public long wrong() {
    return wrong;
  }

  /** What was wrong first. */
  public Optional<String> reason() {
    return reason;
  }

  String line() {
    StringBuilder line = new StringBuilder(WRONG + "=" + wrong);
    reason.ifPresent(why -> line.append('\t').append(REASON).append('=').append(why));
    values.forEach((name, value) -> line.append('\t').append(name).append('=').append(value));
    return line.toString();
  }

  static Figures parse(String line) {
    Figures figures = new Figures();
    for (String part : line.split("\t")) {
      int at = part.startsWith(REASON) ? part.indexOf('=') : part.lastIndexOf('=');
      String value = part.substring(at + 1);
      switch (part.substring(0, at)) {
        case WRONG -> figures.wrong = Long.parseLong(value);
        case REASON -> figures.reason = Optional.of(value);
        default -> figures.add(part.substring(0, at), Double.parseDouble(value));
      }
    }
    return figures;
  }
}
