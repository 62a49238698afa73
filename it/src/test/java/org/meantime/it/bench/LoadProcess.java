package org.meantime.it.bench;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.meantime.it.bench.client.Program;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Server;

/** A {@link LoadClient} at work. */
final class LoadProcess implements AutoCloseable {
  private final Process process;
  private final Writer marks;

  private LoadProcess(Process process) {
    this.process = process;
    marks = process.outputWriter();
  }

  /** Begins to send so many COPYs of the document {@code /a} of that collection. */
  static LoadProcess start(Dav dav, int many) throws IOException {
    return new LoadProcess(
        Program.start(
            LoadClient.class,
            List.of("-Dmeantime.port=" + Server.port()),
            dav.base(),
            String.valueOf(many)));
  }

  /** The measurement begins, or ends. */
  void mark() throws IOException {
    marks.write("\n");
    marks.flush();
  }

  /** Waits until every request was answered. */
  Jitter jitter() throws IOException {
    return Jitter.read(process.getInputStream());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
