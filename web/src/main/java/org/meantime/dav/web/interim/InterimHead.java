package org.meantime.dav.web.interim;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.meantime.dav.Status;

/** Interim responses as HTTP/1.1 has them. */
final class InterimHead {
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private InterimHead() {}

  /** A 100. */
  static byte[] goOn() {
    return CONTINUE.clone();
  }

  /** A 102. */
  static byte[] bytes(Map<String, String> fields) {
    StringBuilder head = new StringBuilder(Status.PROCESSING.line()).append("\r\n");
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String value = field.getValue().replaceAll("\\p{Cntrl}", " ");
      head.append(field.getKey()).append(": ").append(value).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
