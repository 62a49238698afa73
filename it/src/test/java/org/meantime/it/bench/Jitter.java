package org.meantime.it.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Properties;

/**
 * How regular the 102s were.
 *
 * @param wrong requests that had another final response than they should, none, or two
 * @param gaps how many times from one 102 to the next were looked at
 * @param median of the deviation of such a time from the interval, in milliseconds
 * @param p99 99 of 100 deviate no more than that
 * @param max the largest deviation
 */
record Jitter(long wrong, long gaps, double median, double p99, double max) {
  static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int CREATED = 201;

  static Jitter of(Collection<HeldRequest> requests, long from, long to) {
    long[] deviations =
        requests.stream()
            .flatMapToLong(request -> request.gaps(from, to))
            .map(gap -> Math.abs(gap - INTERVAL.toNanos()))
            .sorted()
            .toArray();
    return new Jitter(
        requests.stream().filter(request -> !request.isRight(CREATED)).count(),
        deviations.length,
        percentile(deviations, 50),
        percentile(deviations, 99),
        percentile(deviations, 100));
  }

  private static double percentile(long[] sorted, int percent) {
    int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
    return index < 0 ? Double.NaN : sorted[index] / 1e6;
  }

  void write(PrintStream out) throws IOException {
    out.println("wrong=" + wrong);
    out.println("gaps=" + gaps);
    out.println("median=" + median);
    out.println("p99=" + p99);
    out.println("max=" + max);
  }

  static Jitter read(InputStream in) throws IOException {
    Properties read = new Properties();
    read.load(in);
    return new Jitter(
        Long.parseLong(read.getProperty("wrong")),
        Long.parseLong(read.getProperty("gaps")),
        Double.parseDouble(read.getProperty("median")),
        Double.parseDouble(read.getProperty("p99")),
        Double.parseDouble(read.getProperty("max")));
  }
}
