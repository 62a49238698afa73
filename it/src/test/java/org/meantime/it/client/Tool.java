package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.meantime.it.server.Server;

/** A program of this machine, run in a folder of its own, which is also its home. */
public final class Tool {
  private static final long PATIENCE_MINUTES = 10;

  private final String program;
  private final Path folder;
  private final Map<String, String> environment;

  private Tool(String program, Path folder, Map<String, String> environment) {
    this.program = program;
    this.folder = folder;
    this.environment = environment;
  }

  /** The program of that name, without which the calling test cannot run. */
  public static Tool find(String name) {
    return search(name).orElseGet(() -> missing(name + " is not installed"));
  }

  /** The program of that name, where it is installed. */
  public static Optional<Tool> search(String name) {
    return all(name).findFirst();
  }

  /** The first of that name that succeeds with those arguments. */
  static Tool find(String name, String... trial) {
    return all(name)
        .filter(tool -> tool.attempt(List.of(), trial).exitCode() == 0)
        .findFirst()
        .orElseGet(() -> missing("no " + name + " does " + String.join(" ", trial)));
  }

  private static Stream<Tool> all(String name) {
    String path = System.getenv("PATH") + ":/usr/sbin:/sbin";
    return Arrays.stream(path.split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(program -> inNewFolder(name, program));
  }

  private static Tool inNewFolder(String name, Path program) {
    try {
      Path folder = Files.createTempDirectory(Server.folder(), name);
      return new Tool(program.toString(), folder, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Skips the test, or fails it in CI, where nothing may be missing. */
  public static <T> T missing(String reason) {
    return "true".equals(System.getenv("CI")) ? fail(reason) : abort(reason);
  }

  /** The same program with other variables in its environment. */
  public Tool with(Map<String, String> variables) {
    return new Tool(program, folder, variables);
  }

  public Path folder() {
    return folder;
  }

  /** Runs the program, which must succeed; what it wrote, to either stream. */
  public String run(String... arguments) {
    return run(List.of(), arguments);
  }

  /** Runs the program with these lines as its input. */
  String run(List<String> input, String... arguments) {
    Output output = attempt(input, arguments);
    assertEquals(0, output.exitCode(), () -> String.join(" ", arguments) + "\n" + output.text());
    return output.text();
  }

  /** Runs the program, whatever becomes of it. */
  public Output attempt(List<String> input, String... arguments) {
    try {
      Path in = Files.write(folder.resolve(".in"), input);
      Path out = folder.resolve(".out");
      Process process = begin(in, out, arguments);
      if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        fail(program + " did not end\n" + Files.readString(out));
      }
      return new Output(process.exitValue(), Files.readString(out));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Begins to run the program, to be ended by the caller; it writes both streams to that file. */
  public Process begin(Path out, String... arguments) throws IOException {
    return begin(Path.of("/dev/null"), out, arguments);
  }

  private Process begin(Path in, Path out, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(in.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("LC_ALL", "C.UTF-8");
    builder.environment().putAll(environment);
    return builder.start();
  }

  public record Output(int exitCode, String text) {}
}
