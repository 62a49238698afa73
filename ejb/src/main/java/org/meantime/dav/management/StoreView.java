package org.meantime.dav.management;

import org.meantime.dav.store.Observed;

/** A store as JMX shows it. */
record StoreView(Observed store) implements StoreMXBean {
  @Override
  public String getId() {
    return store.condition().id();
  }

  @Override
  public String getTrouble() {
    return store.condition().trouble();
  }

  @Override
  public long getSweepingSeconds() {
    return store.condition().sweepingSeconds();
  }

  @Override
  public long getSlowed() {
    return store.condition().slowed();
  }

  @Override
  public long getDamaged() {
    return store.condition().damaged();
  }

  @Override
  public boolean isRoom() {
    return store.condition().room();
  }
}
