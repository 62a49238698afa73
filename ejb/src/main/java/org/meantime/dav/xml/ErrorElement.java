package org.meantime.dav.xml;

import java.util.List;
import org.meantime.dav.Precondition;

/** Stub: replaced at the merge. */
public final class ErrorElement {
  private final String text;

  public ErrorElement(Precondition precondition, List<String> hrefs) {
    String code = precondition.code();
    text =
        "<D:error xmlns:D=\"DAV:\"><D:%s><D:href>%s</D:href></D:%s></D:error>"
            .formatted(code, String.join("</D:href><D:href>", hrefs), code);
  }

  @Override
  public String toString() {
    return text;
  }
}
