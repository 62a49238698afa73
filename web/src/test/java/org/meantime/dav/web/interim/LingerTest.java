package org.meantime.dav.web.interim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

class LingerTest {
  private final Semaphore places = new Semaphore(1);
  private long now = 1_000_000;

  private Linger begin() {
    return new Linger(places, () -> now);
  }

  private void pass(Duration time) {
    now += time.toNanos();
  }

  @Test
  void silence_endsIt() {
    Linger linger = begin();
    pass(Duration.ofMillis(1999));
    assertTrue(linger.take(1));
    assertEquals(Duration.ofSeconds(2).toNanos(), linger.patience());
    pass(Duration.ofSeconds(2));
    assertEquals(0, linger.patience());
  }

  @Test
  void drips_doNotKeepItUp() {
    Linger linger = begin();
    int seconds = 0;
    while (linger.take(1)) {
      pass(Duration.ofSeconds(1));
      seconds++;
    }
    assertEquals(30, seconds);
  }

  @Test
  void tooMuch_endsIt() {
    Linger linger = begin();
    assertTrue(linger.take((16 << 20) - 1));
    assertFalse(linger.take(1));
  }

  @Test
  void withoutAPlace_itIsOverAtOnce() {
    Linger first = begin();
    Linger second = begin();
    assertFalse(second.take(1));
    second.end();
    assertFalse(begin().take(1));
    first.end();
    assertTrue(begin().take(1));
  }

  @Test
  void end_leavesOnePlace() {
    Linger linger = begin();
    linger.end();
    linger.end();
    assertEquals(1, places.availablePermits());
    assertEquals(0, linger.patience());
  }

  @Test
  void strangers_takeNoPlaceOfTheAdmitted() {
    Linger[] strangers = new Linger[Linger.AT_ONCE + 1];
    for (int i = 0; i < strangers.length; i++) {
      strangers[i] = Linger.begin(false);
    }
    assertEquals(0, strangers[Linger.AT_ONCE].patience());
    Linger admitted = Linger.begin(true);
    assertTrue(admitted.take(1));
    admitted.end();
    for (Linger stranger : strangers) {
      stranger.end();
    }
  }
}
