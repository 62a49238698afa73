package org.meantime.it.bench;

import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Path;
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
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes(),
                "-Dmeantime.port=" + Server.port(),
                LoadClient.class.getName(),
                dav.base(),
                String.valueOf(many))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  private static String classes() {
    try {
      return new File(LoadClient.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
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
