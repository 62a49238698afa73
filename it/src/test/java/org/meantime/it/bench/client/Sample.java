package org.meantime.it.bench.client;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

/** The same thing measured several times. */
public record Sample(double median, double min, double max) {
  /** What is measured several times; numbered from 0. */
  interface Measurement {
    double take(int number) throws IOException, InterruptedException;
  }

  static double median(int times, Measurement measurement)
      throws IOException, InterruptedException {
    double[] values = new double[times];
    for (int i = 0; i < times; i++) {
      values[i] = measurement.take(i);
    }
    return of(values).median();
  }

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
