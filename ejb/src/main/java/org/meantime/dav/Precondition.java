package org.meantime.dav;

/** The pre- and postcondition codes of RFC 4918 §16, children of a {@code DAV:error} element. */
public enum Precondition {
  LOCK_TOKEN_MATCHES_REQUEST_URI("lock-token-matches-request-uri"),
  LOCK_TOKEN_SUBMITTED("lock-token-submitted"),
  NO_CONFLICTING_LOCK("no-conflicting-lock"),
  NO_EXTERNAL_ENTITIES("no-external-entities"),
  PRESERVED_LIVE_PROPERTIES("preserved-live-properties"),
  PROPFIND_FINITE_DEPTH("propfind-finite-depth"),
  CANNOT_MODIFY_PROTECTED_PROPERTY("cannot-modify-protected-property"),
  QUOTA_NOT_EXCEEDED("quota-not-exceeded"),
  SUFFICIENT_DISK_SPACE("sufficient-disk-space");

  private final String code;

  Precondition(String code) {
    this.code = code;
  }

  /** The local name of the element, in the namespace {@code DAV:}. */
  public String code() {
    return code;
  }
}
