package org.meantime.dav;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A path from a URL, and into one: once a request, and once for each member of a multistatus. */
@State(Scope.Benchmark)
public class ResourcePathBenchmark {
  private final String plain = "/projects/2026/meantime/minutes-of-the-meeting.txt";
  private final String encoded = "/Pl%C3%A4ne/%E6%98%A5%20%26%20%E5%A4%8F/Notes%20(2).txt";
  private final ResourcePath plainPath = ResourcePath.parse(plain);
  private final ResourcePath encodedPath = ResourcePath.parse(encoded);

  @Benchmark
  public ResourcePath parsePlain() {
    return ResourcePath.parse(plain);
  }

  @Benchmark
  public ResourcePath parseEncoded() {
    return ResourcePath.parse(encoded);
  }

  @Benchmark
  public String printPlain() {
    return plainPath.toString();
  }

  @Benchmark
  public String printEncoded() {
    return encodedPath.toString();
  }

  @Benchmark
  public ResourcePath member() {
    return plainPath.member("notes.txt");
  }
}
