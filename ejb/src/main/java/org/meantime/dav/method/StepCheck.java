package org.meantime.dav.method;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.request.DavRequest;

/**
 * The second check of a request that makes its changes one by one, each in a transaction of its
 * own. Until something was changed it is the whole check again. From then on it is what another
 * request could have broken: the locks where the step writes, and the If header, where a resource
 * that this request has changed itself counts as it was before. For one request.
 */
final class StepCheck {
  private final DavRequest request;
  private final Runnable whole;
  private final Conditionals conditionals;
  private final LockCheck locks;
  private final Map<ResourcePath, Conditionals.State> own = new HashMap<>();
  private boolean passed;
  private boolean changed;

  /**
   * Nothing was changed yet.
   *
   * @param whole all that was checked before the work began
   */
  StepCheck(DavRequest request, Runnable whole, Conditionals conditionals, LockCheck locks) {
    this.request = request;
    this.whole = whole;
    this.conditionals = conditionals;
    this.locks = locks;
  }

  /** Checks in the transaction that is about to change the resources at those paths. */
  void check(List<ResourcePath> writes) {
    if (changed) {
      conditionals.checkAgain(request.head(), own);
      writes.forEach(path -> locks.checkStep(request, path));
    } else {
      whole.run();
      passed = true;
    }
    conditionals.remember(request.head(), writes, own);
  }

  /** Whether a step was allowed; until then a refusal is that of the whole request. */
  boolean hasPassed() {
    return passed;
  }

  /** A step was made for good. */
  void changed() {
    changed = true;
  }
}
