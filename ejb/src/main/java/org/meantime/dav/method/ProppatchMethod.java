package org.meantime.dav.method;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.xml.namespace.QName;
import org.meantime.dav.Precondition;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.Status;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.property.LiveProperties;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.store.CollectionResource;
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

  ProppatchMethod(Store store, Prologue prologue) {
    this.store = store;
    this.prologue = prologue;
  }

  @Override
  public void process(ProppatchRequest request, Operation operation) {
    prologue.existing(request);
    Response response = prologue.change(operation, () -> patch(request));
    WholeXml.send(Status.MULTI_STATUS, MultistatusWriter.document(response), operation);
  }

  private Response patch(ProppatchRequest request) {
    Resource target = prologue.existing(request);
    Set<QName> allowed = new LinkedHashSet<>();
    Set<QName> refused = new LinkedHashSet<>();
    for (PropertyUpdate update : request.updates()) {
      (LiveProperties.isProtected(update.name()) ? refused : allowed).add(update.name());
    }
    if (refused.isEmpty()) {
      store.update(target.path(), request.updates());
    }
    String href = request.head().href(target.path(), target instanceof CollectionResource);
    return Response.of(href, propstats(allowed, refused));
  }

  private static List<Propstat> propstats(Set<QName> allowed, Set<QName> refused) {
    if (refused.isEmpty()) {
      return List.of(Propstat.of(prop(allowed), Status.OK));
    }
    List<Propstat> propstats = new ArrayList<>();
    propstats.add(
        Propstat.of(
            prop(refused), Status.FORBIDDEN, Precondition.CANNOT_MODIFY_PROTECTED_PROPERTY));
    if (!allowed.isEmpty()) {
      propstats.add(Propstat.of(prop(allowed), Status.FAILED_DEPENDENCY));
    }
    return propstats;
  }

  private static Prop prop(Collection<QName> names) {
    return new Prop(List.copyOf(names));
  }
}
