package org.meantime.it.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Payara's own administration client, as an administrator has it, with one server. */
final class Asadmin implements AutoCloseable {
  private static final Pattern END =
      Pattern.compile(
          "Command (\\S+) (executed successfully|completed with warnings|failed|not found)\\. *");

  private final Process process;
  private final BufferedReader output;
  private final Writer input;

  /** Takes commands for the server of that port until it is closed. */
  Asadmin(Path home, int port) throws IOException {
    process = start(home, List.of("--port", String.valueOf(port), "multimode"));
    output = process.inputReader();
    input = process.outputWriter();
  }

  /** Runs one command that needs no server. */
  static void once(Path home, List<String> command) throws IOException {
    Process process = start(home, command);
    String output = process.inputReader().lines().collect(Collectors.joining("\n"));
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException(output);
    }
  }

  private static Process start(Path home, List<String> command) throws IOException {
    List<String> line = new ArrayList<>(List.of(home.resolve("bin/asadmin").toString()));
    line.addAll(command);
    return new ProcessBuilder(line).redirectErrorStream(true).start();
  }

  /** Runs a command; where it fails, what it said is the message. */
  synchronized void run(String command) {
    try {
      input.write(command + "\n");
      input.flush();
      StringBuilder said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.append(line).append('\n');
        var end = END.matcher(line);
        if (end.matches()) {
          check(end.group(2), said);
          return;
        }
      }
      throw new IllegalStateException(command + "\n" + said);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void check(String outcome, CharSequence said) {
    if (outcome.equals("failed") || outcome.equals("not found")) {
      throw new IllegalStateException(said.toString());
    }
  }

  @Override
  public void close() throws IOException {
    input.close();
    process.onExit().join();
  }
}
