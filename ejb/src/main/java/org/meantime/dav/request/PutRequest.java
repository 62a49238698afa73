package org.meantime.dav.request;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * PUT (RFC 9110 §9.3.4, RFC 4918 §9.7).
 *
 * @param modified the date of modification that the client gives, as ownCloud's do: X-OC-Mtime
 * @param length the Content-Length, or -1 where it is not known beforehand
 * @param body opens the body; not called where the request is refused
 */
public record PutRequest(
    RequestHead head,
    String contentType,
    String contentLanguage,
    Optional<Instant> modified,
    long length,
    RequestBody body)
    implements DavRequest {
  private static final long SHORT = 64 * 1024;

  @Override
  public List<Scope> writes() {
    return List.of(Scope.resource(head.target()));
  }

  @Override
  public boolean mayTakeLong() {
    return length < 0 || length > SHORT;
  }
}
