package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.Metronome;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.SlowStore;

/**
 * Work that takes longer than each client would wait for it. A server that sends no 102s loses the
 * impatient ones, a server that sends them to all confuses those who cannot take them; ours does
 * neither.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LongWorkIT {
  private static final String MODE = "meantime.interim.mode";

  /** 102s of the metronome, one each second, until everybody's patience is over. */
  private static final int LONG = (int) Client.PATIENCE.toSeconds() + 3;

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(
        Map.of("meantime.interim.first", "PT1S", "meantime.interim.interval", "PT1S"));
  }

  @AfterEach
  void open() throws Exception {
    SlowStore.reset();
    setMode("auto");
  }

  private static void setMode(String mode) throws Exception {
    try (Jmx jmx = Jmx.connect()) {
      jmx.set(MODE, mode);
    }
  }

  /** Begins what such clients do, all at once, and waits until the work of each stands. */
  private static List<Running> begin(Predicate<Client> such) throws Exception {
    Map<Client, Site> sites = new LinkedHashMap<>();
    for (Client client : Stream.concat(Programs.clients(), Libraries.clients()).toList()) {
      if (such.test(client)) {
        sites.put(client, Site.open());
      }
    }
    sites.forEach((client, site) -> SlowStore.close(site.point(client.point())));
    List<Running> all = new ArrayList<>();
    sites.forEach((client, site) -> all.add(Running.begin(client, site)));
    try (Jmx jmx = Jmx.connect()) {
      jmx.await("Operations", "Running", count -> ((Number) count).longValue() >= live(all));
    }
    return all;
  }

  private static long live(List<Running> all) {
    return all.stream().filter(Running::isLive).count();
  }

  @TestFactory
  Stream<DynamicTest> allFinish_andNoneIsSentMoreThanItTakes() throws Exception {
    List<Running> all;
    try (Metronome metronome = Metronome.start()) {
      all = begin(client -> true);
      metronome.await(LONG);
      for (Running running : all) { // what is asked next comes where the 102s went
        running.site().wiretap().refuseMore();
      }
      SlowStore.reset();
    }
    return all.stream().map(it -> dynamicTest(it.client().name(), () -> checkFinished(it)));
  }

  private static void checkFinished(Running running) throws Throwable {
    try (running) {
      running.finish();
      long interims = running.countInterims();
      int most = running.client().most();
      assertTrue(interims <= most, () -> interims + " were too many");
      assertTrue(interims >= Math.min(most, 1), "there were none");
    }
  }

  @TestFactory
  Stream<DynamicTest> withoutInterims_theImpatientGiveUp() throws Exception {
    setMode("never");
    return begin(Client::impatient).stream()
        .map(it -> dynamicTest(it.client().name(), () -> checkGaveUp(it)));
  }

  private static void checkGaveUp(Running running) throws Exception {
    try (running) {
      running.failure();
      assertEquals(0, running.countInterims());
    }
  }

  @TestFactory
  Stream<DynamicTest> interimsForAll_breakThoseThatCannotTakeThem() throws Exception {
    setMode("always");
    return begin(client -> client.most() < Client.ANY).stream()
        .map(it -> dynamicTest(it.client().name(), () -> checkBroke(it)));
  }

  private static void checkBroke(Running running) throws Exception {
    try (running) {
      running.failure();
      assertTrue(running.countInterims() > running.client().most());
    }
  }
}
