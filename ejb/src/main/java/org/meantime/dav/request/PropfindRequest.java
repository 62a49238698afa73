package org.meantime.dav.request;

import java.util.List;
import javax.xml.namespace.QName;
import org.meantime.dav.Depth;

/** PROPFIND (RFC 4918 §9.1). */
public record PropfindRequest(RequestHead head, Depth depth, Selection selection)
    implements DavRequest {

  /** Which properties are asked for. */
  public sealed interface Selection {}

  /** {@code DAV:prop}: these, in this order, each at most once. */
  public record Named(List<QName> names) implements Selection {}

  /** {@code DAV:allprop}, or no body: the usual ones, the dead ones, and {@code include}. */
  public record All(List<QName> include) implements Selection {}

  /** {@code DAV:propname}: the names of all there are. */
  public record Names() implements Selection {}

  @Override
  public boolean isSafe() {
    return true;
  }

  @Override
  public boolean mayTakeLong() {
    return depth == Depth.INFINITY;
  }
}
