package org.meantime.dav.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the store that serves: the one the application brings, else the built-in one, which is not
 * even created where it does not serve.
 */
@ApplicationScoped
public class Stores {
  private static final System.Logger LOG = System.getLogger(Stores.class.getName());

  private Store store;

  /** For the container's proxy. */
  Stores() {}

  @Inject
  Stores(@Any Instance<Store> stores) {
    List<? extends Instance.Handle<Store>> brought =
        stores.handlesStream().filter(Stores::isBrought).toList();
    if (brought.size() > 1) {
      throw new IllegalStateException("more than one store was brought: " + names(brought));
    }
    boolean builtIn = brought.isEmpty();
    store = builtIn ? stores.select(BuiltIn.Literal.INSTANCE).get() : brought.get(0).get();
    LOG.log(
        Level.INFO, "documents are kept by {0}", builtIn ? "the built-in store" : names(brought));
  }

  /** The store of this application. */
  public Store store() {
    return store;
  }

  private static boolean isBrought(Instance.Handle<Store> handle) {
    return handle.getBean().getQualifiers().stream().noneMatch(BuiltIn.class::isInstance);
  }

  private static String names(List<? extends Instance.Handle<Store>> handles) {
    return handles.stream()
        .map(handle -> handle.getBean().getBeanClass().getName())
        .collect(Collectors.joining(", "));
  }
}
