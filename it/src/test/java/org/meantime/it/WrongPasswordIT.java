package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.server.Archives;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.User;

/** Guessing is slow, and slows down nobody else. Each test has addresses of its own. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class WrongPasswordIT {
  private static final String DELAY = "meantime.login.delay";
  private static final int FREE = 3;

  private static int guesses;

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war(Map.of(DELAY, "PT0S"));
  }

  @AfterEach
  void setBack() throws Exception {
    delay("PT0S");
  }

  private static void delay(String value) throws Exception {
    try (Jmx jmx = Jmx.connect()) {
      jmx.set(DELAY, value);
    }
  }

  private static Request guess() {
    byte[] pair = ("writer:guess" + guesses++).getBytes();
    return Dav.as(User.ANONYMOUS)
        .request("PROPFIND", "/")
        .header("Depth", 0)
        .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  private static void guessFrom(String address, int times) throws IOException {
    try (RawConnection connection = RawConnection.openFrom(address)) {
      for (int i = 0; i < times; i++) {
        connection.send(guess().bytes()).receive().is(401);
      }
    }
  }

  /** The time in milliseconds. */
  private static long timed(Runnable what) {
    long begun = System.nanoTime();
    what.run();
    return (System.nanoTime() - begun) / 1_000_000;
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void guess_waits_andThenIsWrong(Way way) throws Exception {
    guessFrom("127.0.0.1", 10);
    delay("PT1S");
    way.send(guess());
    long waited = timed(() -> assertAsked(way.send(guess())));
    assertTrue(waited >= 900, waited + " ms");
  }

  private static void assertAsked(Response answer) {
    assertTrue(answer.is(401).header("WWW-Authenticate").endsWith("charset=\"UTF-8\""));
    assertEquals("1, 2, 3", answer.header("DAV"));
    assertTrue(answer.text().startsWith("401 Unauthorized: "), answer::toString);
  }

  @Test
  void whoIsRight_isNotLockedOut() throws Exception {
    String crowded = "127.0.0.7";
    byte[] known = Dav.as(User.WRITER).request("OPTIONS", "/").bytes();
    assertServed("127.0.0.1", known);
    guessFrom(crowded, 1000);
    delay("PT10S");
    guessFrom(crowded, 1);
    assertServed(crowded, known);
    byte[] first = Dav.as(User.ADMIN).request("OPTIONS", "/").bytes();
    assertServed("127.0.0.9", first);
  }

  /** At once, or as good as. */
  private static void assertServed(String address, byte[] request) throws IOException {
    long begun = System.nanoTime();
    try (RawConnection connection = RawConnection.openFrom(address)) {
      connection.send(request).receive().is(200);
    }
    assertTrue(System.nanoTime() - begun < 5_000_000_000L, address);
  }

  /** On many connections one guesses no faster than on one. */
  @Test
  void manyAtOnce_areRefusedUnlooked() throws Exception {
    guessFrom("127.0.0.8", 10);
    delay("PT1S");
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      open.add(RawConnection.openFrom("127.0.0.8").send(guess().bytes()));
    }
    int looked = 0;
    for (RawConnection connection : open) {
      int status = connection.receive().status();
      assertTrue(status == 401 || status == 429, "status " + status);
      looked += status == 401 ? 1 : 0;
      connection.close();
    }
    assertTrue(looked <= 12, looked + " of 50 were looked at");
  }

  /** More than either server has threads for requests. */
  @Test
  void waiting_holdsNoThread() throws Exception {
    Dav dav = Dav.inNewCollection();
    List<RawConnection> open = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      guessFrom("127.0.1." + (i + 1), FREE + 5);
    }
    delay("PT20S");
    for (int i = 0; i < 250; i++) {
      String address = "127.0.1." + (i + 1);
      guessFrom(address, 1);
      open.add(RawConnection.openFrom(address).send(guess().bytes()));
    }
    long served = timed(() -> assertEquals(207, dav.propfind("/", 0, "<D:allprop/>").status()));
    assertTrue(served < 5_000, served + " ms");
    assertFalse(open.get(249).hasMore());
    for (RawConnection connection : open) {
      connection.close();
    }
  }
}
