package org.meantime.dav.property;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyName;
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
  private final List<Asked> asked;

  /**
   * A property that is asked for by name.
   *
   * @param bare the name alone, for the resources that lack it: one for all of them
   */
  private record Asked(QName name, PropertyName key, Object bare) {
    static Asked of(QName name) {
      return new Asked(name, PropertyName.of(name), Prop.bare(name));
    }

    /** A property that was set hides the live one of the same name: {@code displayname}. */
    Optional<?> find(PropertyContext of, Map<PropertyName, Property> dead) {
      Property set = dead.get(key);
      return set == null ? LiveProperties.find(name, of) : Optional.of(set);
    }
  }

  /** The context's own resource is where the walk begins. */
  public PropertyCollector(Selection selection, PropertyContext context) {
    this.selection = selection;
    this.context = context;
    this.asked = names(selection).stream().map(Asked::of).toList();
  }

  private static List<QName> names(Selection selection) {
    if (selection instanceof Named named) {
      return named.names();
    }
    return selection instanceof All all
        ? all.include().stream().filter(name -> !LiveProperties.usual().contains(name)).toList()
        : List.of();
  }

  /** The {@code response} element of that resource. */
  public Response collect(Resource resource) {
    PropertyContext of = context.with(resource);
    Map<PropertyName, Property> dead = byName(resource.deadProperties());
    List<Propstat> propstats;
    if (selection instanceof Named) {
      propstats = asked(of, dead);
    } else if (selection instanceof All) {
      propstats = all(of, dead);
    } else {
      propstats = List.of(found(names(of, dead)));
    }
    String href = context.href().apply(resource.path(), resource instanceof CollectionResource);
    return Response.of(href, propstats);
  }

  private static Map<PropertyName, Property> byName(List<Property> properties) {
    if (properties.isEmpty()) {
      return Map.of();
    }
    Map<PropertyName, Property> byName = new LinkedHashMap<>();
    properties.forEach(property -> byName.put(PropertyName.of(property.name()), property));
    return byName;
  }

  private List<Propstat> asked(PropertyContext of, Map<PropertyName, Property> dead) {
    List<Object> found = new ArrayList<>(asked.size());
    List<Object> missing = new ArrayList<>();
    for (Asked each : asked) {
      each.find(of, dead).ifPresentOrElse(found::add, () -> missing.add(each.bare()));
    }
    return propstats(found, missing);
  }

  private List<Propstat> all(PropertyContext of, Map<PropertyName, Property> dead) {
    List<Object> found = new ArrayList<>(dead.values());
    for (QName name : LiveProperties.usual()) {
      if (isNotSet(name, dead)) {
        LiveProperties.find(name, of).ifPresent(found::add);
      }
    }
    List<Object> missing = new ArrayList<>();
    for (Asked each : asked) {
      if (isNotSet(each.name(), dead)) {
        LiveProperties.find(each.name(), of)
            .ifPresentOrElse(found::add, () -> missing.add(each.bare()));
      }
    }
    return propstats(found, missing);
  }

  private static List<Object> names(PropertyContext of, Map<PropertyName, Property> dead) {
    List<Object> names = new ArrayList<>();
    dead.values().forEach(property -> names.add(property.name()));
    for (QName name : LiveProperties.names()) {
      if (isNotSet(name, dead) && LiveProperties.find(name, of).isPresent()) {
        names.add(name);
      }
    }
    return names;
  }

  private static boolean isNotSet(QName name, Map<PropertyName, Property> dead) {
    return dead.isEmpty() || !dead.containsKey(PropertyName.of(name));
  }

  private static List<Propstat> propstats(List<Object> found, List<Object> missing) {
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

  private static Propstat found(List<?> values) {
    return Propstat.of(new Prop(values), Status.OK);
  }
}
