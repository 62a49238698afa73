package org.meantime.dav.method;

import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;

/** A reply that is one XML document of known length. */
final class WholeXml {
  private WholeXml() {}

  static void send(Status status, byte[] document, Operation operation) {
    operation.header("Content-Type", "application/xml; charset=utf-8");
    operation.header("Content-Length", Integer.toString(document.length));
    operation.send(status, out -> out.write(document));
  }
}
