package org.meantime.dav.management;

import org.meantime.dav.ResourcePath;
import org.meantime.dav.operation.Operation;

/** One operation as JMX shows it, at the moment it was asked: a row of a table. */
public final class InFlight {
  private final Operation operation;
  private final long ageMillis;

  InFlight(Operation operation) {
    this.operation = operation;
    ageMillis = operation.age().toMillis();
  }

  /** A number no other operation of this application has. */
  public long getId() {
    return operation.id();
  }

  public String getMethod() {
    return operation.request().method();
  }

  /** The path of the target below the root of the store. */
  public String getTarget() {
    return operation.request().head().target().toString();
  }

  public String getUser() {
    return operation.request().head().caller().name();
  }

  public long getAgeMillis() {
    return ageMillis;
  }

  public int getInterims() {
    return operation.interims();
  }

  /** How many members are done. */
  public long getMembers() {
    return operation.tally().members();
  }

  /** How many members there are to do; -1 where that is not known. */
  public long getMembersExpected() {
    return operation.tally().expected().orElse(-1);
  }

  /** How many bytes of content were received or written. */
  public long getBytes() {
    return operation.tally().bytes();
  }

  /** The path of the member in hand; that of the target before the first. */
  public String getCurrent() {
    return operation.tally().current().map(ResourcePath::toString).orElse("");
  }
}
