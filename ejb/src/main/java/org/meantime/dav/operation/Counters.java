package org.meantime.dav.operation;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What came of the operations since the application started. Any thread. */
public final class Counters {
  private final AtomicLong started = new AtomicLong();
  private final LongAdder refused = new LongAdder();
  private final LongAdder interims = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder clientsGone = new LongAdder();

  /** One more began; returns how many that makes, which nobody else is told. */
  long start() {
    return started.incrementAndGet();
  }

  /** A request found no room to be executed in, and so became no operation. */
  public void refuse() {
    refused.increment();
  }

  void interim() {
    interims.increment();
  }

  void cancel() {
    cancelled.increment();
  }

  void fail() {
    failed.increment();
  }

  void clientGone() {
    clientsGone.increment();
  }

  /** Requests of every method that were understood and began to be executed. */
  public long started() {
    return started.get();
  }

  /** Requests answered with 503 because there was too much work in hand. */
  public long refused() {
    return refused.sum();
  }

  /** Interim responses put on the wire. */
  public long interims() {
    return interims.sum();
  }

  /** Operations told to stop, because nobody is left to answer or the application ends. */
  public long cancelled() {
    return cancelled.sum();
  }

  /** Operations that ended with an error of the server (5xx) without being told to stop. */
  public long failed() {
    return failed.sum();
  }

  /** Operations whose client was found to have left. */
  public long clientsGone() {
    return clientsGone.sum();
  }
}
