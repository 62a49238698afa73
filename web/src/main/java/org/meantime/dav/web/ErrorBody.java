package org.meantime.dav.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.xml.DavXml;
import org.meantime.dav.xml.ErrorElement;

/** What a client is told of an error: its precondition code where it has one, else a short text. */
record ErrorBody(String type, byte[] bytes) {
  static final String XML = "application/xml; charset=utf-8";

  private static final String TEXT = "text/plain; charset=utf-8";

  static ErrorBody of(DavException error, String base) {
    List<String> hrefs = error.hrefs().stream().map(path -> base + path).toList();
    return error
        .precondition()
        .map(
            precondition ->
                new ErrorBody(XML, DavXml.document(new ErrorElement(precondition, hrefs))))
        .orElseGet(() -> new ErrorBody(TEXT, text(error)));
  }

  private static byte[] text(DavException error) {
    Status status = error.status();
    return (status.code() + " " + status.reason() + ": " + error.getMessage() + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
