package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OwnExecutorsTest {
  /** As Jakarta Concurrency has it. */
  private static final class Managed extends ThreadPoolExecutor {
    Managed() {
      super(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
    }

    @Override
    public void shutdown() {
      throw new IllegalStateException("the server's");
    }
  }

  @Test
  void whatMayBeShutDown_isWhateverTheOthersSay() {
    ExecutorService managed = new Managed();
    ExecutorService left = Executors.newSingleThreadExecutor();
    new OwnExecutors(List.of(managed, left)).end();
    assertTrue(left.isShutdown());
    assertFalse(managed.isShutdown());
  }

  @Test
  void whereThereAreNoNames_noneIsFound() {
    OwnExecutors.find().end();
  }
}
