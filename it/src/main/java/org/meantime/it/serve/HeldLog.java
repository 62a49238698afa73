package org.meantime.it.serve;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.stream.Stream;

/**
 * Holds the log back until it is known whether the server starts. One that does not is described by
 * its container in a few hundred lines, of which one matters.
 */
final class HeldLog extends Handler {
  private static final String OURS = "org.meantime.";

  private final Logger root = Logger.getLogger("");
  private final List<Handler> targets = List.of(root.getHandlers());
  private final List<LogRecord> held = new ArrayList<>();

  HeldLog() {
    targets.forEach(root::removeHandler);
    root.addHandler(this);
  }

  @Override
  public synchronized void publish(LogRecord entry) {
    held.add(entry);
  }

  /** The server runs: shows what Meantime had to say, and from now on everything at once. */
  synchronized void release() {
    root.removeHandler(this);
    targets.forEach(root::addHandler);
    held.stream()
        .filter(entry -> entry.getLoggerName().startsWith(OURS))
        .forEach(entry -> targets.forEach(target -> target.publish(entry)));
    held.clear();
  }

  /** What stopped the server, in our own words where it was our code that threw. */
  synchronized Optional<String> cause() {
    List<Throwable> thrown =
        held.stream()
            .map(LogRecord::getThrown)
            .filter(Objects::nonNull)
            .flatMap(HeldLog::causes)
            .toList();
    return thrown.stream()
        .filter(HeldLog::isOurs)
        .findFirst()
        .or(() -> thrown.stream().findFirst())
        .map(cause -> cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  /** Writes what was held to a file. */
  synchronized Path save() throws IOException {
    Path file = Files.createTempFile("meantime-serve-", ".log");
    try (OutputStream out = Files.newOutputStream(file)) {
      StreamHandler writer = new StreamHandler(out, new SimpleFormatter());
      held.forEach(writer::publish);
      writer.flush();
    }
    return file;
  }

  private static Stream<Throwable> causes(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
  }

  private static boolean isOurs(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith(OURS);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
