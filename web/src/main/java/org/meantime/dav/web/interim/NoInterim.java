package org.meantime.dav.web.interim;

import java.util.Map;
import org.meantime.dav.Status;

/** For a container without an adapter: the servlet API has to do. */
final class NoInterim implements RawExchange {
  static final NoInterim INSTANCE = new NoInterim();

  private NoInterim() {}

  @Override
  public boolean sendProcessing(Map<String, String> fields) {
    return false;
  }

  @Override
  public void reason(Status status) {}

  @Override
  public boolean abort() {
    return false;
  }
}
