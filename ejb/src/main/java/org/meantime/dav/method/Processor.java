package org.meantime.dav.method;

import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.meantime.dav.DavException;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.request.GetRequest;
import org.meantime.dav.request.LockRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.OptionsRequest;
import org.meantime.dav.request.PropfindRequest;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.request.PutRequest;
import org.meantime.dav.request.UnlockRequest;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Stores;

/**
 * Says what executing a request is. No container transaction surrounds it: an operation may take
 * longer than one lives, and a store has its own.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
@PermitAll // who may do what was decided before the request became data
public class Processor {
  private Store store;
  private Map<Class<? extends DavRequest>, Method<?>> methods;

  /** For the container. */
  public Processor() {}

  /** For tests, and what {@link #Processor()} becomes. */
  Processor(Store store, LockManager locks, Settings settings) {
    assemble(store, locks, settings);
  }

  @Inject
  void assemble(Stores stores, LockManager locks, Settings settings) {
    assemble(stores.store(), locks, settings);
  }

  private void assemble(Store store, LockManager locks, Settings settings) {
    BooleanSupplier infinity = () -> settings.text(Setting.PROPFIND_INFINITY).equals("allow");
    Supplier<List<ResourcePath>> running = () -> settings.paths(Setting.DOCUMENTS_RUN);
    Prologue prologue = new Prologue(store, locks);
    PathLimits limits = new PathLimits(store, settings);
    this.store = store;
    this.methods =
        Map.ofEntries(
            Map.entry(OptionsRequest.class, new OptionsMethod(store)),
            Map.entry(GetRequest.class, new GetMethod(prologue, running)),
            Map.entry(PutRequest.class, new PutMethod(store, prologue)),
            Map.entry(MkcolRequest.class, new MkcolMethod(store, prologue)),
            Map.entry(DeleteRequest.class, new DeleteMethod(store, locks, prologue)),
            Map.entry(CopyRequest.class, new CopyMethod(store, locks, prologue, limits)),
            Map.entry(MoveRequest.class, new MoveMethod(store, locks, prologue, limits)),
            Map.entry(PropfindRequest.class, new PropfindMethod(store, locks, prologue, infinity)),
            Map.entry(ProppatchRequest.class, new ProppatchMethod(store, prologue, settings)),
            Map.entry(LockRequest.class, new LockMethod(store, locks, prologue)),
            Map.entry(UnlockRequest.class, new UnlockMethod(locks, prologue)));
  }

  /** Opens the store, and throws what keeps it from serving. */
  public void open() {
    store.find(ResourcePath.ROOT);
  }

  /** As {@link Store#spelling}: whoever makes a request of what a client sent has it spelt so. */
  public UnaryOperator<ResourcePath> spelling() {
    return store::spelling;
  }

  /**
   * The work of every request, to be run on any thread, without this bean: WildFly lets no more
   * callers into a stateless bean than its pool has instances (32), and they would be all the
   * operations there could be; on Payara a call of one takes a tenth of a short request's time. It
   * never throws for what a client or a store did: the reply says it.
   */
  public BiConsumer<DavRequest, Operation> work() {
    return (request, operation) -> operation.execute(() -> dispatch(request, operation));
  }

  @SuppressWarnings("unchecked") // the table maps each class to a method of that class
  private void dispatch(DavRequest request, Operation operation) {
    try {
      ((Method<DavRequest>) methods.get(request.getClass())).process(request, operation);
    } catch (PartialFailure e) {
      e.reply(request.head(), operation);
    } catch (DavException e) {
      if (e.status() == Status.METHOD_NOT_ALLOWED) {
        // RFC 9110 §15.5.6: a 405 says what is allowed
        operation.header("Allow", Allow.of(store.find(request.head().target()), request.head()));
      }
      throw e;
    }
  }
}
