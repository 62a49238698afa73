package org.meantime.dav.store;

import java.time.Instant;
import java.util.Optional;

/** Dates that clients gave to a resource, of which either may be missing. */
public record GivenDates(Optional<Instant> created, Optional<Instant> modified) {
  /** No date was given. */
  public static final GivenDates NONE = new GivenDates(Optional.empty(), Optional.empty());

  /** A date of creation alone. */
  public static GivenDates ofCreated(Instant date) {
    return new GivenDates(Optional.of(date), Optional.empty());
  }

  /** A date of modification alone. */
  public static GivenDates ofModified(Instant date) {
    return new GivenDates(Optional.empty(), Optional.of(date));
  }

  /** These, and of what was given later the later. */
  public GivenDates then(GivenDates later) {
    return new GivenDates(later.created.or(() -> created), later.modified.or(() -> modified));
  }
}
