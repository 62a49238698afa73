package org.meantime.dav.request;

import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.meantime.dav.DavException;
import org.meantime.dav.PropertyName;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.Status;
import org.meantime.dav.request.LockRequest.LockInfo;
import org.meantime.dav.request.PropfindRequest.All;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Names;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.xml.DavXml;
import org.meantime.dav.xml.Lockinfo;
import org.meantime.dav.xml.Lockscope;
import org.meantime.dav.xml.Propertyupdate;
import org.meantime.dav.xml.Propfind;
import org.meantime.dav.xml.XmlLimits;

/**
 * Request bodies as request data. Of every body: not well-formed, another root, or out of
 * proportion is a 400, too many bytes a 413, a DOCTYPE or too many names a 403. Where the client is
 * gone while it is read, an {@link java.io.UncheckedIOException}.
 */
public final class BodyParser {
  private static final KnownBodies<Selection> PROPFINDS = new KnownBodies<>();
  private static final KnownBodies<Optional<LockInfo>> LOCKS = new KnownBodies<>();

  private BodyParser() {}

  /** The body of PROPFIND (RFC 4918 §9.1). */
  public static Selection propfind(InputStream in, XmlLimits limits) {
    return PROPFINDS.read(in, body -> selection(body, limits));
  }

  private static Selection selection(InputStream in, XmlLimits limits) {
    Optional<Propfind> body = DavXml.read(in, limits, Propfind.class);
    if (body.isEmpty()) {
      // RFC 4918 §9.1: "An empty PROPFIND request body MUST be treated as if it were an 'allprop'
      // request."
      return new All(List.of());
    }
    Propfind propfind = body.get();
    if (propfind.kinds() == 0) {
      throw DavException.badRequest("propfind holds prop, allprop or propname");
    }
    if (propfind.kinds() > 1 || propfind.allprop()) {
      // RFC 4918 §14.20 has one alone; of several, all are answered by this, and it lacks no value
      return new All(distinct(Stream.of(propfind.include(), propfind.prop())));
    }
    return propfind.propname() ? new Names() : new Named(distinct(Stream.of(propfind.prop())));
  }

  private static List<QName> distinct(Stream<List<QName>> names) {
    Map<PropertyName, QName> distinct = new LinkedHashMap<>();
    names.flatMap(List::stream).forEach(name -> distinct.putIfAbsent(PropertyName.of(name), name));
    return List.copyOf(distinct.values());
  }

  /** The body of PROPPATCH (RFC 4918 §9.2); its instructions may name no property. */
  public static List<PropertyUpdate> proppatch(InputStream in, XmlLimits limits) {
    return DavXml.read(in, limits, Propertyupdate.class)
        .filter(Propertyupdate::instructs)
        .map(Propertyupdate::updates)
        .orElseThrow(() -> DavException.badRequest("propertyupdate holds set or remove"));
  }

  /** The body of LOCK (RFC 4918 §9.10); empty for a refresh. */
  public static Optional<LockInfo> lockinfo(InputStream in, XmlLimits limits) {
    return LOCKS.read(
        in, body -> DavXml.read(body, limits, Lockinfo.class).map(BodyParser::checked));
  }

  private static LockInfo checked(Lockinfo info) {
    if (info.lockscope().isEmpty() || info.locktype().isEmpty()) {
      throw DavException.badRequest("lockinfo holds lockscope and locktype");
    }
    Lockscope scope = info.lockscope().get();
    if (scope.exclusive() && scope.shared()) {
      throw DavException.badRequest("a lock is exclusive or shared");
    }
    if (!scope.exclusive() && !scope.shared() || !info.locktype().get().write()) {
      throw new DavException(Status.UNPROCESSABLE_CONTENT, "there is no lock of that kind");
    }
    return new LockInfo(scope.exclusive(), info.owner());
  }
}
