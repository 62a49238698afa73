package org.meantime.dav.property;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;
import org.meantime.dav.Status;
import org.meantime.dav.request.PropfindRequest.All;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.xml.Prop;
import org.meantime.dav.xml.Propstat;
import org.meantime.dav.xml.Response;

/** Answers for one resource after the other what one PROPFIND asks. */
public final class PropertyCollector {
  private final Selection selection;
  private final PropertyContext context;

  /** The context's own resource is where the walk begins. */
  public PropertyCollector(Selection selection, PropertyContext context) {
    this.selection = selection;
    this.context = context;
  }

  /** The {@code response} element of that resource. */
  public Response collect(Resource resource) {
    PropertyContext of = context.with(resource);
    Map<QName, Property> dead = byName(resource.deadProperties());
    List<Propstat> propstats;
    if (selection instanceof Named named) {
      propstats = named(named.names(), of, dead);
    } else if (selection instanceof All all) {
      propstats = all(all.include(), of, dead);
    } else {
      propstats = List.of(found(names(of, dead)));
    }
    String href = context.href().apply(resource.path(), resource instanceof CollectionResource);
    return Response.of(href, propstats);
  }

  private static Map<QName, Property> byName(List<Property> properties) {
    if (properties.isEmpty()) {
      return Map.of();
    }
    Map<QName, Property> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(property.name(), property));
    return byName;
  }

  private static List<Propstat> named(
      List<QName> names, PropertyContext of, Map<QName, Property> dead) {
    List<Object> found = new ArrayList<>(names.size());
    List<QName> missing = new ArrayList<>();
    for (QName name : names) {
      find(name, of, dead).ifPresentOrElse(found::add, () -> missing.add(name));
    }
    List<Propstat> propstats = new ArrayList<>(2);
    // §9.1: a propstat at least, also where nothing was asked for
    if (!found.isEmpty() || missing.isEmpty()) {
      propstats.add(found(found));
    }
    if (!missing.isEmpty()) {
      propstats.add(Propstat.of(new Prop(missing), Status.NOT_FOUND));
    }
    return propstats;
  }

  private static List<Propstat> all(
      List<QName> include, PropertyContext of, Map<QName, Property> dead) {
    List<Object> found = new ArrayList<>(dead.values());
    for (QName name : LiveProperties.usual()) {
      if (!dead.containsKey(name)) {
        LiveProperties.find(name, of).ifPresent(found::add);
      }
    }
    List<QName> more =
        include.stream()
            .filter(name -> !dead.containsKey(name) && !LiveProperties.usual().contains(name))
            .toList();
    List<Propstat> propstats = new ArrayList<>();
    if (!more.isEmpty()) {
      List<QName> missing = new ArrayList<>();
      for (QName name : more) {
        LiveProperties.find(name, of).ifPresentOrElse(found::add, () -> missing.add(name));
      }
      if (!missing.isEmpty()) {
        propstats.add(Propstat.of(new Prop(missing), Status.NOT_FOUND));
      }
    }
    propstats.add(0, found(found));
    return propstats;
  }

  private static List<Object> names(PropertyContext of, Map<QName, Property> dead) {
    List<Object> names = new ArrayList<>(dead.keySet());
    for (QName name : LiveProperties.names()) {
      if (!dead.containsKey(name) && LiveProperties.find(name, of).isPresent()) {
        names.add(name);
      }
    }
    return names;
  }

  /** A property that was set hides the live one of the same name: {@code displayname}. */
  private static Optional<?> find(QName name, PropertyContext of, Map<QName, Property> dead) {
    Property set = dead.get(name);
    return set == null ? LiveProperties.find(name, of) : Optional.of(set);
  }

  private static Propstat found(List<?> values) {
    return Propstat.of(new Prop(values), Status.OK);
  }
}
