package org.meantime.dav.property;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.QuotaReporting.Quota;
import org.meantime.dav.xml.DavXml;
import org.meantime.dav.xml.Prop;
import org.meantime.dav.xml.Resourcetype;
import org.meantime.dav.xml.Supportedlock;

/** The live properties: one table from name to function (RFC 4918 §15, RFC 4331, RFC 3253 §3.1). */
public final class LiveProperties {
  /** The one live property a client may set; until it does, the name of the resource. */
  public static final QName DISPLAYNAME = dav("displayname");

  private static final QName LOCKDISCOVERY = dav("lockdiscovery");
  private static final Resourcetype COLLECTION = new Resourcetype(true);
  private static final Resourcetype DOCUMENT = new Resourcetype(false);
  private static final Supportedlock SUPPORTEDLOCK = new Supportedlock();

  private static final Map<QName, Live> TABLE = new LinkedHashMap<>();

  static {
    usual("creationdate", of -> Optional.of(Dates.iso(of.resource().created())));
    usual("displayname", of -> Optional.of(of.resource().path().name()));
    usual("getcontentlanguage", of -> document(of).flatMap(MediaTypes::languages));
    usual("getcontentlength", of -> document(of).map(it -> Long.toString(it.length())));
    usual("getcontenttype", of -> document(of).map(MediaTypes::of));
    usual("getetag", of -> document(of).map(it -> it.entityTag().toString()));
    usual("getlastmodified", of -> Optional.of(httpDate(of.resource().modified())));
    TABLE.put(LOCKDISCOVERY, new Live(true, Locks::discovery));
    TABLE.put(dav("resourcetype"), new Live(true, of -> Optional.of(resourcetype(of))));
    TABLE.put(dav("supportedlock"), new Live(true, of -> Optional.of(SUPPORTEDLOCK)));
    onRequest("creator-displayname", of -> of.resource().creator());
    onRequest("quota-available-bytes", of -> quota(of).map(Quota::availableBytes));
    onRequest("quota-used-bytes", of -> quota(of).map(Quota::usedBytes));
  }

  private static final List<QName> USUAL =
      TABLE.keySet().stream().filter(name -> TABLE.get(name).usual()).toList();

  private LiveProperties() {}

  private record Live(boolean usual, Function<PropertyContext, Optional<?>> value) {}

  /** What allprop returns besides the dead ones: those of RFC 4918 (§9.1, §14.2). */
  static List<QName> usual() {
    return USUAL;
  }

  /** The names of all of them. */
  static Set<QName> names() {
    return TABLE.keySet();
  }

  /** Whether what is selected tells of locks, which may be many. */
  public static boolean needLocks(Selection selection) {
    return !(selection instanceof Named named) || named.names().contains(LOCKDISCOVERY);
  }

  /** True for a property only the server sets. */
  public static boolean isProtected(QName name) {
    return TABLE.containsKey(name) && !name.equals(DISPLAYNAME);
  }

  /** The value as {@link Prop} takes it; empty where the resource does not have the property. */
  static Optional<?> find(QName name, PropertyContext of) {
    Live live = TABLE.get(name);
    return live == null ? Optional.empty() : live.value().apply(of);
  }

  /** A date as in the Last-Modified field (RFC 9110 §5.6.7). */
  public static String httpDate(Instant instant) {
    return Dates.http(instant);
  }

  private static void usual(String local, Function<PropertyContext, Optional<String>> value) {
    QName name = dav(local);
    TABLE.put(name, new Live(true, of -> value.apply(of).map(text -> Prop.text(name, text))));
  }

  private static void onRequest(String local, Function<PropertyContext, Optional<?>> value) {
    QName name = dav(local);
    TABLE.put(
        name, new Live(false, of -> value.apply(of).map(it -> Prop.text(name, it.toString()))));
  }

  private static Optional<DocumentResource> document(PropertyContext of) {
    return of.resource() instanceof DocumentResource document
        ? Optional.of(document)
        : Optional.empty();
  }

  private static boolean isCollection(PropertyContext of) {
    return of.resource() instanceof CollectionResource;
  }

  private static Resourcetype resourcetype(PropertyContext of) {
    return isCollection(of) ? COLLECTION : DOCUMENT;
  }

  /** RFC 4331 §3: on collections. */
  private static Optional<Quota> quota(PropertyContext of) {
    return isCollection(of) ? of.quota().apply(of.resource().path()) : Optional.empty();
  }

  private static QName dav(String local) {
    return new QName(DavXml.NAMESPACE, local);
  }
}
