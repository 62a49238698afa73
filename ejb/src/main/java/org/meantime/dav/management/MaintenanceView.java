package org.meantime.dav.management;

import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.meantime.dav.store.Maintained;

/** A store that can be looked after, as JMX shows it. */
record MaintenanceView(Maintained store, Application application) implements MaintenanceMXBean {
  @Override
  public void check(String repairs) {
    Set<String> kinds =
        Stream.of(repairs.split("\\s+")).filter(kind -> !kind.isEmpty()).collect(toSet());
    application.run(() -> store.check(kinds));
  }

  @Override
  public void backUp(String folder) {
    application.run(() -> store.backUp(Path.of(folder)));
  }

  @Override
  public void stop() {
    application.run(store::stopTask);
  }

  @Override
  public MaintenanceTask getTask() {
    return application.call(() -> store.task().map(MaintenanceTask::new).orElse(null));
  }
}
