package org.meantime.dav;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An If header as clients send it with every write to what they locked, and one of ten tags. */
@State(Scope.Benchmark)
public class IfHeaderBenchmark {
  private static final String TOKEN = "<urn:uuid:181d4fae-7d8c-11d0-a765-00a0c91e6bf2>";

  private final String oneToken = "(" + TOKEN + ")";
  private final String tenTags =
      IntStream.range(0, 10)
          .mapToObj(i -> "</dav/projects/" + i + "> (" + TOKEN + " [\"e" + i + "\"]) (Not <DAV:x>)")
          .collect(Collectors.joining(" "));

  @Benchmark
  public IfHeader parseOneToken() {
    return IfHeader.parse(oneToken);
  }

  @Benchmark
  public IfHeader parseTenTags() {
    return IfHeader.parse(tenTags);
  }
}
