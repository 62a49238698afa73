package org.meantime.dav.xml;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Stub: replaced at the merge. */
public final class MultistatusWriter {
  private final OutputStream out;

  /** Begins a multistatus. */
  public MultistatusWriter(OutputStream out) throws IOException {
    this.out = out;
    put("<?xml version=\"1.0\" encoding=\"utf-8\"?><D:multistatus xmlns:D=\"DAV:\">");
  }

  /** One response. */
  public void write(Response response) throws IOException {
    put("<D:response/>");
  }

  /** Everything so far goes out. */
  public void flush() throws IOException {
    out.flush();
  }

  /** The end tag. */
  public void end() throws IOException {
    put("</D:multistatus>");
  }

  private void put(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
