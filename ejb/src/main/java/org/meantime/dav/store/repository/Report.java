package org.meantime.dav.store.repository;

import java.io.IOException;
import java.io.Writer;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.meantime.dav.store.Maintained.State;
import org.meantime.dav.store.Maintained.Task;

/** How far a task of maintenance is, and what it found; usable from any thread. */
final class Report implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Report.class.getName());

  /** How many findings are told without looking into the file. */
  private static final int FIRST = 100;

  private final String name;
  private final Path path;
  private final List<String> first = new ArrayList<>();
  private Writer file = Writer.nullWriter();
  private boolean whole;
  private State state = State.RUNNING;
  private String at = "the beginning";
  private long done;
  private long total;
  private long findings;
  private long repaired;

  /** Begins a report that is kept in that file, or where it cannot be, in memory alone. */
  Report(String name, Path path) {
    this.name = name;
    this.path = path;
    try {
      file =
          Channels.newWriter(
              Home.openFile(
                  path,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              StandardCharsets.UTF_8);
      whole = true;
    } catch (IOException e) {
      trouble(e);
    }
  }

  private void trouble(IOException e) {
    whole = false;
    LOG.log(Level.WARNING, "not all that was found can be written to " + path, e);
  }

  synchronized void expect(long bytes) {
    total = bytes;
  }

  synchronized void at(String what) {
    at = what;
  }

  synchronized void did(long bytes) {
    done += bytes;
  }

  /** Notes something wrong: where, and what. */
  synchronized void found(Finding kind, String what, boolean putRight) {
    findings++;
    repaired += putRight ? 1 : 0;
    line(kind + ": " + what + (putRight ? "; put right" : ""));
  }

  /** Notes that the content of these documents is not what was stored. */
  void damaged(String what, String sha256, List<String> paths) {
    found(
        Finding.CONTENT,
        what + ": SHA-256 " + sha256 + " of " + String.join(" and ", paths),
        false);
  }

  private void line(String line) {
    LOG.log(Level.WARNING, "{0}: {1}", name, line);
    if (first.size() < FIRST) {
      first.add(line);
    }
    try {
      file.write(line + "\n");
      file.flush();
    } catch (IOException e) {
      trouble(e);
    }
  }

  /** It went to its end. */
  synchronized void end() {
    at = "";
    state = findings == 0 ? State.CLEAN : State.FINDINGS;
  }

  /** It did not. */
  synchronized void end(State how, String why) {
    at = why;
    state = how;
  }

  synchronized Task task() {
    return new Task(
        name,
        state,
        at,
        done,
        total,
        findings,
        repaired,
        List.copyOf(first),
        whole ? path.toString() : "");
  }

  @Override
  public synchronized void close() {
    try {
      file.close();
    } catch (IOException e) {
      trouble(e);
    }
  }
}
