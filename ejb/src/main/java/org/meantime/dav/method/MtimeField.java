package org.meantime.dav.method;

import java.time.Instant;
import java.util.Optional;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.store.DateKeeping;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.Store;

/** The X-OC-Mtime field; it is not in any RFC, but ownCloud's clients and rclone send it. */
final class MtimeField {
  private MtimeField() {}

  /**
   * Gives the date that came, if one did, to what a request has just made, inside its transaction,
   * and has the client told. A store that keeps no dates does neither.
   */
  static void accept(
      Store store, ResourcePath path, Optional<Instant> modified, Operation operation) {
    if (store instanceof DateKeeping dates && modified.isPresent()) {
      dates.giveDates(path, GivenDates.ofModified(modified.get()));
      operation.header("X-OC-Mtime", "accepted");
    }
  }
}
