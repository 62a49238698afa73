package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;

class GuessesTest {
  private static final String HERE = "192.0.2.1";
  private static final String DELAY = "meantime.login.delay";

  private final Settings settings =
      new Settings(name -> Optional.ofNullable(Map.of(DELAY, "PT8S").get(name)));
  private final List<String> log = new ArrayList<>();
  private final Logger logger = Logger.getLogger(Guesses.class.getName());
  private final Handler handler = new Kept();
  private long now = -5; // nanoTime may be anything
  private final Guesses guesses = new Guesses(settings, () -> now);

  private final class Kept extends Handler {
    @Override
    public void publish(LogRecord line) {
      log.add(new SimpleFormatter().formatMessage(line));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void listen() {
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
  }

  @AfterEach
  void listenNoMore() {
    logger.removeHandler(handler);
    logger.setUseParentHandlers(true);
  }

  private static Credentials from(String address, String pair) {
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return new Credentials("Basic " + Base64.getEncoder().encodeToString(bytes), address);
  }

  private void advance(Duration time) {
    now += time.toNanos();
  }

  private void guess(String address, int times) {
    for (int i = 0; i < times; i++) {
      advance(guesses.delay(from(address, "alice:" + i)));
      guesses.wrong(from(address, "alice:" + i));
    }
  }

  private Duration delay(String address, String pair) {
    return guesses.delay(from(address, pair));
  }

  @ParameterizedTest(name = "after {0}: {1}")
  @CsvSource({
    "0, PT0S",
    "1, PT0S",
    "2, PT0S",
    "3, PT0.25S",
    "4, PT0.5S",
    "7, PT4S",
    "8, PT8S",
    "1000, PT8S"
  })
  void wait_growsWithWhatWasWrong(int wrong, Duration expected) {
    guess(HERE, wrong);
    assertEquals(expected, delay(HERE, "alice:next"));
  }

  @Test
  void anotherAddress_waitsForNothing() {
    guess(HERE, 1000);
    assertEquals(Duration.ZERO, delay("192.0.2.2", "alice:secret"));
  }

  @Test
  void rightOnesBefore_waitNowhere() {
    guesses.right(from(HERE, "alice:secret"));
    guess(HERE, 1000);
    assertEquals(Duration.ZERO, delay(HERE, "alice:secret"));
    guesses.wrong(from(HERE, "alice:secret")); // it was changed
    assertEquals(Duration.ofSeconds(8), delay(HERE, "alice:secret"));
  }

  @Test
  void manyAtOnce_waitOneAfterTheOther_andThenAreToldSo() {
    guess(HERE, 1000);
    for (int i = 1; i <= 4; i++) {
      assertEquals(Duration.ofSeconds(8L * i), delay(HERE, "alice:" + i));
    }
    DavException refused = assertThrows(DavException.class, () -> delay(HERE, "alice:secret"));
    assertEquals(Status.TOO_MANY_REQUESTS, refused.status());
    advance(Duration.ofSeconds(40));
    assertEquals(Duration.ZERO, delay(HERE, "alice:secret"));
  }

  @Test
  void whereNothingIsToWait_nothingDoesFromThenOn() {
    guess(HERE, 1000);
    delay(HERE, "alice:next");
    settings.change(Setting.LOGIN_DELAY, "PT0S", "a test");
    assertEquals(Duration.ZERO, delay(HERE, "alice:next"));
  }

  @Test
  void afterAQuarterOfAnHour_allIsForgotten() {
    guess(HERE, 1000);
    advance(Duration.ofMinutes(15).plusSeconds(1));
    assertEquals(Duration.ZERO, delay(HERE, "alice:next"));
    guess(HERE, 1);
    assertEquals(Duration.ZERO, delay(HERE, "alice:next"));
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8::1, 2001:db8:0:0:ffff::2, true",
    "2001:db8::1, 2001:db8:0:1::1, false",
    "fe80::1%eth0, fe80::2, true",
    "::ffff:192.0.2.1, ::ffff:192.0.2.2, false",
  })
  void ofIpv6_theNetworkCounts(String one, String other, boolean same) {
    guess(one, 1000);
    assertEquals(same, !delay(other, "alice:next").isZero());
  }

  @Test
  void aRecord_isMadeOnceAMinuteForEachUserAndAddress() {
    guess(HERE, 3);
    guesses.wrong(from(HERE, "bob:x"));
    guesses.wrong(from("192.0.2.2", "alice:x"));
    assertEquals(
        List.of(
            "wrong password: user \"alice\", address 192.0.2.1, 1 from there so far",
            "wrong password: user \"bob\", address 192.0.2.1, 4 from there so far",
            "wrong password: user \"alice\", address 192.0.2.2, 1 from there so far"),
        log);
    advance(Duration.ofSeconds(61));
    guess(HERE, 1);
    assertEquals(
        "wrong password: user \"alice\", address 192.0.2.1, 5 from there so far", log.get(3));
  }

  @Test
  void manyUsers_doNotFillTheLog() {
    for (int i = 0; i < 1000; i++) {
      guesses.wrong(from(HERE, "user" + i + ":x"));
    }
    assertEquals(16, log.size());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "'a\nWARN b:x', a?WARN b",
    "'a\r\u2028\u0085\u001b[31m\u202e:x', a????[31m?",
    "'a\", address 1.2.3.4:x', 'a?, address 1.2.3.4'",
    "'{0} $1 \\:x', '{0} $1 \\'",
    "nocolon, ?",
    ":x, ''",
  })
  void aUser_isShownInOneLine(String pair, String shown) {
    assertEquals(shown, from(HERE, pair).shownUser());
    assertEquals("?", new Credentials("Basic !!!", HERE).shownUser());
    assertEquals(64, from(HERE, "x".repeat(9999) + ":").shownUser().length());
  }
}
