package org.meantime.dav.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Stub: replaced at the merge. */
public final class MultistatusWriter {
  private final OutputStream out;

  /** Begins a multistatus. */
  public MultistatusWriter(OutputStream out) {
    this.out = out;
    put("<?xml version=\"1.0\" encoding=\"utf-8\"?><D:multistatus xmlns:D=\"DAV:\">");
  }

  /** One response. */
  public void write(Response response) {
    put("<D:response><D:href>" + response.href() + "</D:href></D:response>");
  }

  /** White space. */
  public void keepAlive() {
    put("\n");
    flush();
  }

  /** Everything so far goes out. */
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The end tag. */
  public void end() {
    put("</D:multistatus>");
    flush();
  }

  private void put(String text) {
    try {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
