package org.meantime.dav.xml;

import org.meantime.dav.Status;

/** {@code DAV:response} (RFC 4918 §14.24). */
public final class Response {
  private String href;

  private Response() {}

  /** Stub: replaced at the merge. */
  public static Response of(String href, Status status) {
    Response response = new Response();
    response.href = href;
    return response;
  }

  public String href() {
    return href;
  }
}
