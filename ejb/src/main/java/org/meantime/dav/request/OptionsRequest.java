package org.meantime.dav.request;

/** OPTIONS (RFC 9110 §9.3.7, RFC 4918 §10.1). */
public record OptionsRequest(RequestHead head) implements DavRequest {
  @Override
  public boolean isSafe() {
    return true;
  }

  @Override
  public boolean neverInterim() {
    return true;
  }
}
