package org.meantime.dav;

/** The classes of RFC 4918 §18 that are complied with, as the DAV field tells them (§10.1). */
public final class ComplianceClasses {
  /** The value of the field. */
  public static final String FIELD = "1, 2, 3";

  private ComplianceClasses() {}
}
