package org.meantime.it.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.meantime.it.bench.client.Figures;
import org.meantime.it.bench.client.Sample;

/** The figures of one server, one of each round. */
final class Rounds {
  private final Map<String, List<Double>> figures = new LinkedHashMap<>();

  void add(Figures round) {
    round
        .values()
        .forEach((name, value) -> figures.computeIfAbsent(name, k -> new ArrayList<>()).add(value));
  }

  Iterable<String> names() {
    return figures.keySet();
  }

  /** The median, the least and the most; nothing where it was not measured. */
  List<Double> sample(String name) {
    if (!figures.containsKey(name)) {
      return List.of(Double.NaN, Double.NaN, Double.NaN);
    }
    Sample sample = Sample.of(figures.get(name));
    return List.of(sample.median(), sample.min(), sample.max());
  }

  /** The median of what this one has for each that the other has in the same round. */
  double ratio(Rounds other, String name) {
    List<Double> mine = figures.get(name);
    List<Double> theirs = other.figures.getOrDefault(name, List.of());
    List<Double> ratios =
        IntStream.range(0, theirs.size())
            .mapToObj(i -> mine.get(i) / theirs.get(i))
            .filter(Double::isFinite)
            .toList();
    return ratios.isEmpty() ? Double.NaN : Sample.of(ratios).median();
  }

  /** A row of a table with both. */
  List<Double> beside(Rounds other, String name) {
    return Stream.of(sample(name), other.sample(name), List.of(ratio(other, name)))
        .flatMap(List::stream)
        .toList();
  }
}
