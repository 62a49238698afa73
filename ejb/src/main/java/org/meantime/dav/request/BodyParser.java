package org.meantime.dav.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.meantime.dav.PropertyUpdate;

/** Stub: replaced at the merge. */
public final class BodyParser {
  private BodyParser() {}

  /** What a PROPFIND selects. */
  public static PropfindRequest.Selection propfind(InputStream in, long maxBytes) {
    bytes(in);
    return new PropfindRequest.All(List.of());
  }

  /** What a PROPPATCH changes. */
  public static List<PropertyUpdate> proppatch(InputStream in, long maxBytes) {
    bytes(in);
    return List.of();
  }

  /** What lock a LOCK asks for. */
  public static Optional<LockRequest.LockInfo> lockinfo(InputStream in, long maxBytes) {
    return bytes(in).length == 0
        ? Optional.empty()
        : Optional.of(new LockRequest.LockInfo(true, ""));
  }

  private static byte[] bytes(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
