package org.meantime.dav.property;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.xml.namespace.QName;
import org.meantime.dav.Dates;
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
  /** Live until a client sets it, which it may; until then, the name of the resource. */
  public static final QName DISPLAYNAME = dav("displayname");

  /** Each is dead where it was set as a dead one, and live elsewhere. */
  private static final Set<QName> FREE =
      Set.of(
          DISPLAYNAME,
          DateProperties.LASTMODIFIED,
          DateProperties.WIN32_CREATED,
          DateProperties.WIN32_MODIFIED);

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
    usual("getlastmodified", of -> Optional.of(Dates.http(of.resource().modified())));
    TABLE.put(LOCKDISCOVERY, new Live(true, Locks::discovery));
    TABLE.put(dav("resourcetype"), new Live(true, of -> Optional.of(resourcetype(of))));
    TABLE.put(dav("supportedlock"), new Live(true, of -> Optional.of(SUPPORTEDLOCK)));
    onRequest(DateProperties.LASTMODIFIED, of -> Optional.of(Dates.http(of.resource().modified())));
    onRequest(DateProperties.WIN32_CREATED, of -> Optional.of(Dates.http(of.resource().created())));
    onRequest(
        DateProperties.WIN32_MODIFIED, of -> Optional.of(Dates.http(of.resource().modified())));
    onRequest(dav("creator-displayname"), of -> of.resource().creator());
    onRequest(dav("quota-available-bytes"), of -> quota(of).map(Quota::availableBytes));
    onRequest(dav("quota-used-bytes"), of -> quota(of).map(Quota::usedBytes));
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

  /** True for a property only the server sets, unless its store keeps what a client gives. */
  public static boolean isProtected(QName name) {
    return TABLE.containsKey(name) && !FREE.contains(name);
  }

  /** The value as {@link Prop} takes it; empty where the resource does not have the property. */
  static Optional<?> find(QName name, PropertyContext of) {
    Live live = TABLE.get(name);
    return live == null ? Optional.empty() : live.value().apply(of);
  }

  private static void usual(String local, Function<PropertyContext, Optional<String>> value) {
    QName name = dav(local);
    TABLE.put(name, new Live(true, of -> value.apply(of).map(text -> Prop.text(name, text))));
  }

  private static void onRequest(QName name, Function<PropertyContext, Optional<?>> value) {
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
