package org.meantime.dav.method;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.xml.namespace.QName;
import org.meantime.dav.Precondition;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyName;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.DateProperties;
import org.meantime.dav.property.LanguageProperty;
import org.meantime.dav.property.LiveProperties;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DateKeeping;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.LanguageKeeping;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.xml.MultistatusWriter;
import org.meantime.dav.xml.Prop;
import org.meantime.dav.xml.Propstat;
import org.meantime.dav.xml.Response;

/** PROPPATCH: all instructions, in order, or none (RFC 4918 §9.2). */
final class ProppatchMethod implements Method<ProppatchRequest> {
  private final Store store;
  private final Prologue prologue;
  private final Settings settings;

  ProppatchMethod(Store store, Prologue prologue, Settings settings) {
    this.store = store;
    this.prologue = prologue;
    this.settings = settings;
  }

  /** What is refused of a request, why, and what would have been done. */
  private record Refusal(
      Collection<QName> refused, Function<Prop, Propstat> why, Collection<QName> others) {
    List<Propstat> propstats() {
      Propstat first = why.apply(prop(refused));
      return others.isEmpty()
          ? List.of(first)
          : List.of(first, Propstat.of(prop(others), Status.FAILED_DEPENDENCY));
    }
  }

  @Override
  public void process(ProppatchRequest request, Operation operation) {
    prologue.existing(request);
    Response response = prologue.change(operation, () -> patch(request));
    WholeXml.send(Status.MULTI_STATUS, MultistatusWriter.document(response), operation);
  }

  private Response patch(ProppatchRequest request) {
    Resource target = prologue.existing(request);
    List<PropertyUpdate> updates = request.updates();
    List<PropertyUpdate> dead =
        updates.stream().map(update -> withoutGiven(target, update)).toList();
    Optional<Refusal> refusal =
        protectedOnes(target, updates)
            .or(() -> noLanguages(target, updates))
            .or(() -> noDates(updates))
            .or(() -> large(dead))
            .or(() -> tooMany(target, dead));
    if (refusal.isEmpty()) {
      store.update(target.path(), dead);
      giveLanguages(target, updates);
      giveDates(target, updates);
    }
    String href = request.head().href(target.path(), target instanceof CollectionResource);
    return Response.of(
        href,
        refusal
            .map(Refusal::propstats)
            .orElseGet(() -> List.of(Propstat.of(prop(names(updates, any -> true)), Status.OK))));
  }

  private boolean givesLanguages(Resource target, PropertyUpdate update) {
    return store instanceof LanguageKeeping
        && target instanceof DocumentResource
        && LanguageProperty.isUpdatedBy(update);
  }

  private boolean givesDate(PropertyUpdate update) {
    return store instanceof DateKeeping
        && update instanceof PropertyUpdate.Set
        && DateProperties.contains(update.name());
  }

  /** What is kept as such is no dead property, nor hidden by one. */
  private PropertyUpdate withoutGiven(Resource target, PropertyUpdate update) {
    return gives(target, update) ? new PropertyUpdate.Remove(update.name()) : update;
  }

  private boolean gives(Resource target, PropertyUpdate update) {
    return givesLanguages(target, update) || givesDate(update);
  }

  private void giveLanguages(Resource target, List<PropertyUpdate> updates) {
    updates.stream()
        .filter(update -> givesLanguages(target, update))
        .reduce((earlier, later) -> later)
        .flatMap(LanguageProperty::given)
        .ifPresent(text -> ((LanguageKeeping) store).giveLanguages(target.path(), text));
  }

  private void giveDates(Resource target, List<PropertyUpdate> updates) {
    GivenDates dates =
        updates.stream()
            .filter(this::givesDate)
            .flatMap(update -> date(update).stream())
            .reduce(GivenDates.NONE, GivenDates::then);
    if (!dates.equals(GivenDates.NONE)) {
      ((DateKeeping) store).giveDates(target.path(), dates);
    }
  }

  private static Optional<GivenDates> date(PropertyUpdate update) {
    return DateProperties.given(((PropertyUpdate.Set) update).property());
  }

  private Optional<Refusal> protectedOnes(Resource target, List<PropertyUpdate> updates) {
    return refusal(
        updates,
        update -> LiveProperties.isProtected(update.name()) && !gives(target, update),
        prop -> Propstat.of(prop, Status.FORBIDDEN, Precondition.CANNOT_MODIFY_PROTECTED_PROPERTY));
  }

  /** RFC 4918 §9.2.1: 409 for a value whose semantics are not appropriate for the property. */
  private Optional<Refusal> noLanguages(Resource target, List<PropertyUpdate> updates) {
    return refusal(
        updates,
        update -> givesLanguages(target, update) && LanguageProperty.given(update).isEmpty(),
        prop -> Propstat.of(prop, Status.CONFLICT, "it is set to languages, and these are none"));
  }

  /** The same for dates. */
  private Optional<Refusal> noDates(List<PropertyUpdate> updates) {
    return refusal(
        updates,
        update -> givesDate(update) && date(update).isEmpty(),
        prop -> Propstat.of(prop, Status.CONFLICT, "it is set to a date, and this is none"));
  }

  private Optional<Refusal> large(List<PropertyUpdate> updates) {
    long most = settings.number(Setting.PROPERTY_MAX);
    return refusal(
        updates,
        update -> update instanceof PropertyUpdate.Set set && set.property().bytes() > most,
        noRoom("a property is over " + most + " bytes"));
  }

  /** A resource that has too many already may lose some, and change others for less. */
  private Optional<Refusal> tooMany(Resource target, List<PropertyUpdate> updates) {
    long most = settings.number(Setting.PROPERTIES_MAX);
    List<Property> before = target.deadProperties();
    long after = bytes(PropertyUpdate.apply(before, updates));
    return after <= most || after <= bytes(before)
        ? Optional.empty()
        : refusal(
            updates,
            PropertyUpdate.Set.class::isInstance,
            noRoom("the properties of the resource would be over " + most + " bytes"));
  }

  /** RFC 4918 §9.2.1: 507 where there is not sufficient space to record the property. */
  private static Function<Prop, Propstat> noRoom(String reason) {
    return prop -> Propstat.of(prop, Status.INSUFFICIENT_STORAGE, reason);
  }

  private static long bytes(List<Property> properties) {
    return properties.stream().mapToLong(Property::bytesInAll).sum();
  }

  private static Optional<Refusal> refusal(
      List<PropertyUpdate> updates,
      Predicate<PropertyUpdate> refused,
      Function<Prop, Propstat> why) {
    Collection<QName> names = names(updates, refused);
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal(names, why, names(updates, refused.negate())));
  }

  /** The names of some of the updates, each once, in order. */
  private static Collection<QName> names(
      List<PropertyUpdate> updates, Predicate<PropertyUpdate> wanted) {
    Map<PropertyName, QName> names = new LinkedHashMap<>();
    for (PropertyUpdate update : updates) {
      if (wanted.test(update)) {
        names.putIfAbsent(PropertyName.of(update.name()), update.name());
      }
    }
    return names.values();
  }

  private static Prop prop(Collection<QName> names) {
    return new Prop(List.copyOf(names));
  }
}
