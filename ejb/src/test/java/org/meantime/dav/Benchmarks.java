package org.meantime.dav;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Runs the benchmarks of the inner pieces and writes what they found, as JSON and as a table. */
public final class Benchmarks {
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private Benchmarks() {}

  /**
   * @param args the folder for what is found, then options of JMH
   */
  public static void main(String[] args)
      throws CommandLineOptionException, RunnerException, IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    Options given = new CommandLineOptions(Arrays.copyOfRange(args, 1, args.length));
    Options options =
        new OptionsBuilder()
            .parent(given)
            .mode(Mode.AverageTime)
            .timeUnit(TimeUnit.MICROSECONDS)
            .forks(given.getForkCount().orElse(1))
            .warmupIterations(given.getWarmupIterations().orElse(3))
            .warmupTime(given.getWarmupTime().orElse(TimeValue.seconds(1)))
            .measurementIterations(given.getMeasurementIterations().orElse(5))
            .measurementTime(given.getMeasurementTime().orElse(TimeValue.seconds(1)))
            .shouldFailOnError(true)
            .addProfiler(GCProfiler.class)
            .resultFormat(ResultFormatType.JSON)
            .result(folder.resolve("pieces.json").toString())
            .build();
    List<String> table = table(new Runner(options).run());
    Files.write(folder.resolve("pieces.md"), table);
    table.forEach(System.out::println);
  }

  private static List<String> table(Collection<RunResult> results) {
    List<String> table = new ArrayList<>(List.of("| | µs | ± | bytes |", "|---|---|---|---|"));
    for (RunResult each : results) {
      Result<?> time = each.getPrimaryResult();
      table.add(
          String.format(
              Locale.ROOT,
              "| %s | %.3f | %.3f | %.0f |",
              each.getParams().getBenchmark().replaceFirst(".*\\.(.*)Benchmark\\.", "$1: "),
              time.getScore(),
              time.getScoreError(),
              each.getSecondaryResults().get(ALLOCATED).getScore()));
    }
    return table;
  }
}
