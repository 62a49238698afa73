package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.management.Attribute;
import javax.management.AttributeNotFoundException;
import javax.management.InvalidAttributeValueException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.openmbean.CompositeData;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.SlowStore;
import org.meantime.it.server.User;

/** What an administrator sees and changes over JMX while the application runs. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ManagementIT {
  private static final String FIRST = "meantime.interim.first";
  private static final String INTERVAL = "meantime.interim.interval";

  private Jmx jmx;

  @Deployment(testable = false)
  static WebArchive archive() {
    return SlowStore.war(Map.of(FIRST, "PT1H", INTERVAL, "PT1H"));
  }

  @BeforeEach
  void connect() throws IOException {
    jmx = Jmx.connect();
  }

  @AfterEach
  void disconnect() throws JMException, IOException {
    SlowStore.reset();
    jmx.set(FIRST, "PT1H");
    jmx.set(INTERVAL, "PT1H");
    jmx.close();
  }

  private String setting(String name) {
    return (String) jmx.get("Settings", name);
  }

  private String origin(String setting) {
    return Arrays.stream((String[]) jmx.get("Settings", "origins"))
        .filter(line -> line.startsWith(setting + ": "))
        .map(line -> line.substring(setting.length() + 2))
        .findFirst()
        .orElseThrow();
  }

  private List<CompositeData> inFlight() {
    return List.of((CompositeData[]) jmx.get("Operations", "InFlight"));
  }

  private static Request copy(Dav dav) {
    dav.mkcol("/a/").is(201);
    return dav.request("COPY", "/a/").header("Destination", dav.url("/b/"));
  }

  @Test
  void theBuild_isToldToWhoMayKnow() {
    String version = (String) jmx.get("Operations", "Version");
    assertTrue(version.matches("\\d+\\.\\d+\\S*, commit ([0-9a-f]{12}|unknown)"), version);
    Dav root = Dav.as(User.READER);
    Request page = root.request("GET", "/.operations/").header("Accept", "text/html");
    assertTrue(page.send().is(200).text().contains("Meantime " + version));
    for (String path : List.of("/.operations/", "/", "/no")) {
      String told = root.by(User.ANONYMOUS).get(path).is(401).toString();
      assertFalse(told.contains(version) || told.contains("Meantime 1"), told);
    }
  }

  @Test
  void whatNobodyGave_isTheDefaultAndSaysSo() {
    assertEquals("PT1H", setting("meantime.lock.timeout"));
    assertEquals("default", origin("meantime.lock.timeout"));
  }

  @Test
  void whatWasGiven_saysWhereItIsFrom() {
    String origin = origin("meantime.store.home");
    assertTrue(origin.startsWith("MicroProfile Config: "), origin);
  }

  @Test
  void whatWasChanged_saysThatItWasJmx() throws JMException, IOException {
    jmx.set(FIRST, " PT7S ");
    assertEquals("PT7S", setting(FIRST));
    assertEquals("JMX", origin(FIRST));
  }

  @Test
  @Tag("payara")
  @Tag("embedded") // the JVM of this test is that of the server
  void aToolAttachedToTheJvm_seesItToo() throws JMException {
    Thread thread = Thread.currentThread();
    ClassLoader own = thread.getContextClassLoader();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    thread.setContextClassLoader(null);
    try {
      assertEquals("PT1H", server.getAttribute(Jmx.name("Settings"), FIRST));
      assertEquals(0, server.getAttribute(Jmx.name("Operations"), "Running"));
      assertEquals(0, ((Object[]) server.getAttribute(Jmx.name("Operations"), "InFlight")).length);
      server.setAttribute(Jmx.name("Settings"), new Attribute(FIRST, "PT2H"));
      assertEquals("PT2H", server.getAttribute(Jmx.name("Settings"), FIRST));
    } finally {
      thread.setContextClassLoader(own);
    }
  }

  @Test
  void aShorterPace_isThatOfTheNextRequest() throws JMException, IOException {
    Request request = copy(Dav.inNewCollection());
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      jmx.set(FIRST, "PT1S");
      jmx.set(INTERVAL, "PT1S");
      connection.send(request.bytes());
      assertEquals(102, connection.receiveHead().status());
      assertEquals(102, connection.receiveHead().status());
      SlowStore.open("stage");
      connection.receive().is(201);
    }
  }

  @Test
  void aLimit_isThatOfTheNextRequest() throws JMException, IOException {
    Dav dav = Dav.inNewCollection();
    try {
      jmx.set("meantime.xml.max", "20");
      dav.propfind("", 0, "<D:allprop/>").is(413);
      jmx.set("meantime.propfind.infinity", "refuse");
      dav.request("PROPFIND", "").header("Depth", "infinity").send().is(403);
    } finally {
      jmx.set("meantime.xml.max", "1048576");
      jmx.set("meantime.propfind.infinity", "allow");
    }
    dav.propfind("", "infinity", "<D:allprop/>").is(207);
  }

  @Test
  void theLongestLock_isThatOfTheNextLock() throws JMException, IOException {
    Dav dav = Dav.inNewCollection();
    try {
      jmx.set("meantime.lock.timeout", "PT90S");
      assertEquals(
          "Second-90",
          dav.lock("/d", "exclusive")
              .is(201)
              .xml()
              .text("/D:prop/D:lockdiscovery/D:activelock/D:timeout"));
    } finally {
      jmx.set("meantime.lock.timeout", "PT1H");
    }
  }

  @Test
  void anInvalidValue_isRefusedAndNothingChanges() {
    InvalidAttributeValueException refused =
        assertThrows(InvalidAttributeValueException.class, () -> jmx.set(FIRST, "soon"));
    assertTrue(refused.getMessage().contains(FIRST + "=soon"), refused.getMessage());
    assertThrows(InvalidAttributeValueException.class, () -> jmx.set(FIRST, 3));
    assertEquals("PT1H", setting(FIRST));
  }

  /** Whatever the connector of the server makes of exceptions. */
  @Test
  void whatCameOfAChange_isSaidInWords() throws JMException, IOException {
    String refused = (String) jmx.change(FIRST, "soon");
    assertTrue(refused.startsWith("not changed: ") && refused.contains(FIRST + "=soon"), refused);
    assertEquals("PT1H", setting(FIRST));
    String unknown = (String) jmx.change("meantime.no", "1");
    assertEquals("not changed: there is no setting meantime.no", unknown);
    assertEquals(FIRST + "=PT9S", jmx.change(FIRST, " PT9S "));
    assertEquals("PT9S", setting(FIRST));
  }

  @Test
  void whatIsReadAtTheStart_cannotBeChanged() {
    String before = setting("meantime.store.home");
    assertThrows(
        AttributeNotFoundException.class, () -> jmx.set("meantime.store.home", "/elsewhere"));
    assertEquals(before, setting("meantime.store.home"));
  }

  @Test
  void anOperation_isSeenWhileItRuns() throws JMException, IOException {
    Dav dav = Dav.inNewCollection();
    Request request = copy(dav);
    long started = jmx.count("Started");
    long interims = jmx.count("Interims");
    SlowStore.close("stage");
    jmx.set(FIRST, "PT1S");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(request.bytes());
      assertEquals(102, connection.receiveHead().status());
      SlowStore.awaitWaiting("stage", 1);
      List<CompositeData> rows = inFlight();
      assertEquals(1, rows.size());
      CompositeData row = rows.get(0);
      assertEquals("COPY", row.get("method"));
      assertEquals(dav.href("/a").replace("/meantime/dav", ""), row.get("target"));
      assertEquals("writer", row.get("user"));
      assertTrue((Long) row.get("ageMillis") >= 1000);
      assertEquals(1, row.get("interims"));
      assertEquals(1, jmx.count("Running"));
      assertEquals(started + 1, jmx.count("Started"));
      assertEquals(interims + 1, jmx.count("Interims"));
      SlowStore.open("stage");
      connection.receive().is(201);
    }
    jmx.await("Operations", "Running", running -> running.equals(0));
  }

  @Test
  void aReaderThatLeaves_isCountedAndCancelled() throws JMException, IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "d").is(201);
    long gone = jmx.count("ClientsGone");
    long cancelled = jmx.count("Cancelled");
    jmx.set(FIRST, "PT1S");
    jmx.set(INTERVAL, "PT1S");
    SlowStore.close("find");
    try (RawConnection connection = RawConnection.open()) {
      connection.send(dav.request("PROPFIND", "").header("Depth", 1).bytes());
      SlowStore.awaitWaiting("find", 1);
      SlowStore.close("member");
      SlowStore.open("find");
      SlowStore.awaitWaiting("member", 1);
    }
    jmx.await("Operations", "ClientsGone", count -> count.equals(gone + 1));
    jmx.await("Operations", "Cancelled", count -> count.equals(cancelled + 1));
    SlowStore.open("member");
    jmx.await("Operations", "Running", running -> running.equals(0));
  }

  @Test
  void moreThanTheLimit_is503AtOnce() throws JMException, IOException {
    Dav dav = Dav.inNewCollection();
    Request request = copy(dav);
    long refused = jmx.count("Refused");
    SlowStore.close("stage");
    try (RawConnection connection = RawConnection.open()) {
      jmx.set("meantime.executor.limit", "1");
      connection.send(request.bytes());
      SlowStore.awaitWaiting("stage", 1);
      dav.copy("/a/", "/c/").is(503).header("Retry-After");
      assertEquals(refused + 1, jmx.count("Refused"));
      dav.get("/a/").is(200);
      SlowStore.open("stage");
      connection.receive().is(201);
    } finally {
      jmx.set("meantime.executor.limit", "256");
    }
    dav.copy("/a/", "/c/").is(201);
  }
}
