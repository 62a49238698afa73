package org.meantime.slow;

import java.util.List;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;

/** What may go wrong in a store. The messages of what it should not throw are secret. */
enum Failure {
  BUG {
    @Override
    void happen() {
      throw new IllegalStateException("secret");
    }
  },
  FULL {
    @Override
    void happen() {
      throw new DavException(
          Status.INSUFFICIENT_STORAGE, Precondition.SUFFICIENT_DISK_SPACE, List.of());
    }
  },
  STACK {
    @Override
    void happen() {
      throw new StackOverflowError("secret");
    }
  },
  MEMORY {
    @Override
    void happen() {
      throw new OutOfMemoryError("secret");
    }
  };

  abstract void happen();
}
