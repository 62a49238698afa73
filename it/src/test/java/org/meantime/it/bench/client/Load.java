package org.meantime.it.bench.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.meantime.it.bench.wire.Connection;

/** Several connections at work at once, each with a thread of its own. */
final class Load {
  private static final long SECONDS = Integer.getInteger("bench.load.seconds", 4);

  private final Site site;
  private final int connections;
  private final String[] counted;
  private final AtomicInteger numbers = new AtomicInteger();
  private final LongAdder right = new LongAdder();
  private int most = Integer.MAX_VALUE;
  private long end;

  Load(Site site, int connections, String... counted) {
    this.site = site;
    this.connections = connections;
    this.counted = counted;
  }

  /** What one connection does again and again. */
  interface Step {
    /**
     * Whether the answer was right.
     *
     * @param number from 0, for each call of all connections another
     */
    boolean once(int number) throws IOException;
  }

  /** Makes the step of the connection of that number, from 0. */
  interface Maker {
    Step make(Connection connection, int number);
  }

  /** There are no more than that. */
  Load most(int count) {
    most = count;
    return this;
  }

  /** Right answers in each second of a fixed time. */
  double perSecond(Maker maker) throws InterruptedException {
    return perSecond(SECONDS, maker);
  }

  double perSecond(long seconds, Maker maker) throws InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      int number = i;
      threads.add(new Thread(() -> work(begin, maker, number), "load-" + i));
    }
    threads.forEach(Thread::start);
    TimeUnit.MILLISECONDS.sleep(100); // they connect
    long begun = System.nanoTime();
    end = begun + TimeUnit.SECONDS.toNanos(seconds);
    begin.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    return right.sum() * 1e9 / (System.nanoTime() - begun);
  }

  /** So many, however long it takes. */
  void all(int count, Maker maker) throws InterruptedException {
    most(count).perSecond(TimeUnit.DAYS.toSeconds(1), maker);
  }

  private void work(CountDownLatch begin, Maker maker, int number) {
    try (Connection connection = new Connection(site.target(), counted)) {
      Step step = maker.make(connection, number);
      begin.await();
      for (int next; (next = numbers.getAndIncrement()) < most && System.nanoTime() < end; ) {
        once(step, next, connection);
      }
    } catch (IOException e) {
      site.figures().wrong(1, e.toString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void once(Step step, int number, Connection connection) {
    try {
      if (step.once(number)) {
        right.increment();
      } else {
        site.figures().wrong(1, "status " + connection.head().status());
      }
    } catch (IOException e) {
      site.figures().wrong(1, e.toString());
    }
  }

  /** How many answers were right. */
  int right() {
    return right.intValue();
  }
}
