package org.meantime.dav.management;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.meantime.dav.operation.Counters;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.operation.Operations;

/** The operations as JMX shows them. */
final class OperationsView implements OperationsMXBean {
  private final Collection<Operation> inFlight;
  private final Counters counters;

  OperationsView(Operations operations) {
    inFlight = operations.inFlight();
    counters = operations.counters();
  }

  @Override
  public String getVersion() {
    return Build.current().toString();
  }

  @Override
  public long getStarted() {
    return counters.started();
  }

  @Override
  public int getRunning() {
    return inFlight.size();
  }

  @Override
  public long getInterims() {
    return counters.interims();
  }

  @Override
  public long getCancelled() {
    return counters.cancelled();
  }

  @Override
  public long getFailed() {
    return counters.failed();
  }

  @Override
  public long getClientsGone() {
    return counters.clientsGone();
  }

  @Override
  public long getRefused() {
    return counters.refused();
  }

  @Override
  public List<InFlight> getInFlight() {
    return inFlight.stream()
        .sorted(Comparator.comparingLong(Operation::id))
        .map(InFlight::new)
        .toList();
  }
}
