package org.meantime.dav.xml;

import java.util.List;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;

/** {@code DAV:propstat} (RFC 4918 §14.22): properties that share a status. */
public final class Propstat {
  private Prop prop;
  private String status;
  private ErrorElement error;
  private String responsedescription;

  private Propstat() {}

  public Propstat(Prop prop, Status status) {
    this.prop = prop;
    this.status = status.line();
  }

  /** The properties of that status. */
  public static Propstat of(Prop prop, Status status) {
    return new Propstat(prop, status);
  }

  /** The properties of that status, and the code that explains it. */
  public static Propstat of(Prop prop, Status status, Precondition precondition) {
    Propstat propstat = new Propstat(prop, status);
    propstat.error = new ErrorElement(precondition, List.of());
    return propstat;
  }

  /** The properties of that status, and why in words, where no code says it. */
  public static Propstat of(Prop prop, Status status, String reason) {
    Propstat propstat = new Propstat(prop, status);
    propstat.responsedescription = reason;
    return propstat;
  }

  int size() {
    return prop.size();
  }
}
