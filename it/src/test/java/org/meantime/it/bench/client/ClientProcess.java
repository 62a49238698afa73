package org.meantime.it.bench.client;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** The client at work, until it is closed. */
public final class ClientProcess implements AutoCloseable {
  /** It makes hardly any garbage, and shall have no more threads than it needs. */
  private static final String ONE_COLLECTOR = "-XX:+UseSerialGC";

  private static final String PREFIX = "bench.";

  private final Process process;
  private final Writer commands;
  private final BufferedReader answers;

  private ClientProcess(Process process) {
    this.process = process;
    commands = process.outputWriter(StandardCharsets.UTF_8);
    answers = process.inputReader(StandardCharsets.UTF_8);
  }

  /** Starts it with what was set for benchmarks here. */
  public static ClientProcess start() throws IOException {
    Stream<String> settings =
        System.getProperties().stringPropertyNames().stream()
            .filter(name -> name.startsWith(PREFIX))
            .map(name -> "-D" + name + "=" + System.getProperty(name));
    List<String> options = Stream.concat(Stream.of(ONE_COLLECTOR), settings).toList();
    return new ClientProcess(Program.start(WorkloadClient.class, options));
  }

  /** Makes the documents that the workload needs, once on each server. */
  public Figures prepare(Workload workload, String url) throws IOException {
    return command("prepare", workload, url);
  }

  /**
   * Runs the workload.
   *
   * @param url of the collection in which to work, without a slash at its end
   */
  public Figures run(Workload workload, String url) throws IOException {
    return command("run", workload, url);
  }

  private Figures command(String verb, Workload workload, String url) throws IOException {
    commands.write(String.join(" ", verb, workload.name(), url) + "\n");
    commands.flush();
    String answer = answers.readLine();
    if (answer == null) {
      throw new EOFException("the client ended");
    }
    return Figures.parse(answer);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
