package org.meantime.dav.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** Chooses the store that serves. */
@ApplicationScoped
public class Stores {
  @Inject @Any private Instance<Store> stores;

  /** The store that serves. */
  public Store store() {
    return stores.iterator().next();
  }
}
