package org.meantime.it.bench.client;

import java.util.Arrays;
import java.util.Collection;

/** The same thing measured several times. */
public record Sample(double median, double min, double max) {
  public static Sample of(Collection<Double> values) {
    return of(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  static Sample of(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int last = sorted.length - 1;
    return new Sample((sorted[last / 2] + sorted[(last + 1) / 2]) / 2, sorted[0], sorted[last]);
  }
}
