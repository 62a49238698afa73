package org.meantime.dav.xml;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.meantime.dav.Precondition;

/** The JAXB context of RFC 4918 and the one hardened XML reader. */
public final class DavXml {
  /** The namespace of WebDAV. */
  public static final String NAMESPACE = "DAV:";

  private DavXml() {}

  /** Stub: replaced at the merge. */
  public static byte[] document(Precondition precondition, List<String> hrefs) {
    StringBuilder text = new StringBuilder("<D:error xmlns:D=\"DAV:\"><D:");
    text.append(precondition.code()).append('>');
    hrefs.forEach(href -> text.append("<D:href>").append(href).append("</D:href>"));
    text.append("</D:").append(precondition.code()).append("></D:error>");
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
