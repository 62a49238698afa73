package org.meantime.dav.request;

import java.util.Optional;

/**
 * GET and HEAD (RFC 9110 §9.3.1, §14; RFC 4918 §9.4).
 *
 * @param content false for HEAD
 * @param range the Range field as it was sent
 * @param ifRange the If-Range field as it was sent
 * @param query the query of the URL, which chooses the order of a collection's index; may be empty
 */
public record GetRequest(
    RequestHead head,
    boolean content,
    Optional<String> range,
    Optional<String> ifRange,
    String query)
    implements DavRequest {
  @Override
  public String method() {
    return content ? "GET" : "HEAD";
  }

  @Override
  public boolean isSafe() {
    return true;
  }

  @Override
  public boolean neverInterim() {
    return true;
  }
}
