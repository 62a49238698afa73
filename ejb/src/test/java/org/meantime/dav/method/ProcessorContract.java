package org.meantime.dav.method;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.meantime.dav.method.Pipeline.code;
import static org.meantime.dav.method.Pipeline.token;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.Dates;
import org.meantime.dav.Depth;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Timeout;
import org.meantime.dav.lock.LockTable;
import org.meantime.dav.operation.RecordedReply;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PropfindRequest.All;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Names;
import org.meantime.dav.request.ProppatchRequest;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.store.Store;

/** What the methods mean, whatever the capabilities of the store below. */
public abstract class ProcessorContract {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-01T12:00:00Z"));
  private Store store;
  private Pipeline dav;

  /** An empty store. */
  protected abstract Store store();

  /** An empty table, in the same database as the store where there is one. */
  protected abstract LockTable lockTable();

  @BeforeEach
  void fill() {
    store = store();
    dav = new Pipeline(store, lockTable(), new TestClock());
    assertAll(
        () -> assertEquals(201, dav.mkcol("/c/")),
        () -> assertEquals(201, dav.put("/c/d", "one")),
        () -> assertEquals(201, dav.mkcol("/c/e")),
        () -> assertEquals(201, dav.put("/c/e/f", "two")),
        () -> assertEquals(201, dav.put("/d", "three")),
        () -> assertEquals(207, dav.set("/c/d", "p", "v")));
  }

  private final class TestClock extends Clock {
    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now.get();
    }
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "PUT, /new, 201",
    "PUT, /d, 204",
    "PUT, /c, 405",
    "PUT, /c/, 405",
    "PUT, /new/, 409",
    "PUT, /no/new, 409",
    "PUT, /d/new, 409",
    "PUT, /, 405",
    "MKCOL, /new, 201",
    "MKCOL, /new/, 201",
    "MKCOL, /c, 405",
    "MKCOL, /d, 405",
    "MKCOL, /d/, 405",
    "MKCOL, /no/new, 409",
    "MKCOL, /d/new, 409",
    "MKCOL, /, 405",
    "DELETE, /d, 204",
    "DELETE, /c, 204",
    "DELETE, /c/, 204",
    "DELETE, /d/, 404",
    "DELETE, /no, 404",
    "DELETE, /d/no, 404",
    "DELETE, /, 403",
    "GET, /d, 200",
    "GET, /d/, 404",
    "GET, /no, 404",
    "GET, /c, 200",
    "GET, /, 200",
    "PROPPATCH, /d, 207",
    "PROPPATCH, /c/, 207",
    "PROPPATCH, /, 207",
    "PROPPATCH, /no, 404",
    "LOCK, /d, 200",
    "LOCK, /d/, 409",
    "LOCK, /c, 200",
    "LOCK, /new, 201",
    "LOCK, /no/new, 409",
    "LOCK, /, 200",
  })
  void targetOfEachKind(String method, String path, int expected) {
    int code =
        switch (method) {
          case "PUT" -> dav.put(path, "x");
          case "MKCOL" -> dav.mkcol(path);
          case "DELETE" -> dav.delete(path);
          case "GET" -> code(dav.get(path));
          case "PROPPATCH" -> dav.set(path, "q", "w");
          case "LOCK" -> code(dav.lock(path, true, Depth.INFINITY));
          default -> throw new IllegalArgumentException(method);
        };
    assertEquals(expected, code);
  }

  @ParameterizedTest(name = "{0} {1} to {2}, overwrite {3}: {4}")
  @CsvSource({
    "COPY, /d, /n, true, 201",
    "COPY, /d, /c/d, true, 204",
    "COPY, /d, /c/d, false, 412",
    "COPY, /d, /no/n, true, 409",
    "COPY, /d, /c/d/n, true, 409",
    "COPY, /d, /d, true, 403",
    "COPY, /no, /n, true, 404",
    "COPY, /c, /n, true, 201",
    "COPY, /c, /d, true, 204",
    "COPY, /d, /c, true, 204",
    "COPY, /c, /c/e/n, true, 403",
    "COPY, /c/e, /c, true, 403",
    "COPY, /c, /, true, 403",
    "MOVE, /d, /n, true, 201",
    "MOVE, /d, /c/d, true, 204",
    "MOVE, /d, /c/d, false, 412",
    "MOVE, /d, /no/n, true, 409",
    "MOVE, /d, /d, true, 403",
    "MOVE, /no, /n, true, 404",
    "MOVE, /c, /n, true, 201",
    "MOVE, /c, /d, true, 204",
    "MOVE, /d, /c, true, 204",
    "MOVE, /c, /c/e/n, true, 403",
    "MOVE, /c/e, /c, true, 403",
    "MOVE, /, /n, true, 403",
    "MOVE, /d, /, true, 403",
  })
  void fromAndTo(String method, String from, String to, boolean overwrite, int expected) {
    assertEquals(
        expected,
        method.equals("COPY")
            ? dav.copy(from, to, Depth.INFINITY, overwrite)
            : dav.move(from, to, overwrite));
  }

  /**
   * As a request is that was read before the name came: its path is not spelt as the store does.
   */
  @ParameterizedTest
  @ValueSource(strings = {"PUT", "MKCOL", "LOCK", "COPY", "MOVE"})
  void nameTakenMeanwhileInAnotherSpelling_isNotTakenTwice(String method) {
    String other = "/c/e%CC%81";
    dav.put("/c/%C3%A9", "x");
    assumeFalse(store.spelling(ResourcePath.parse(other)).toString().equals(other), "not found");
    int code =
        switch (method) {
          case "PUT" -> dav.put(other, "y");
          case "MKCOL" -> dav.mkcol(other);
          case "LOCK" -> code(dav.lock(other, true, Depth.ZERO));
          case "COPY" -> dav.copy("/d", other, Depth.INFINITY, true);
          case "MOVE" -> dav.move("/d", other, true);
          default -> throw new IllegalArgumentException(method);
        };
    assertEquals(503, code);
    assertEquals(404, code(dav.get(other)));
    assertEquals("x", dav.get("/c/%C3%A9").body());
  }

  // The longest path below /c goes on for two segments, /e/f, of four bytes
  @ParameterizedTest(name = "{0} {1} to {2} where {3} segments and {4} bytes are allowed: {5}")
  @CsvSource({
    "MOVE, /c,   /y/c,   4, 99, 201",
    "MOVE, /c,   /y/c,   3, 99, 414",
    "MOVE, /c,   /y/d,   3, 99, 414",
    "MOVE, /c,   /long,  9, 9,  201",
    "MOVE, /c,   /long,  9, 8,  414",
    "MOVE, /c,   /x,     1, 1,  201",
    "MOVE, /c/e, /x,     1, 1,  201",
    "MOVE, /d,   /y/c,   2, 4,  201",
    "COPY, /c,   /y/c,   4, 99, 201",
    "COPY, /c,   /y/c,   3, 99, 414",
    "COPY, /c,   /y/d,   3, 99, 414",
    "COPY, /c,   /long,  9, 9,  201",
    "COPY, /c,   /long,  9, 8,  414",
    "COPY, /c,   /x,     1, 1,  201",
    "COPY, /d,   /y/c,   2, 4,  201",
  })
  void pathThatWouldBeTooLong_isRefusedBeforeAnythingIsDone(
      String method, String from, String to, String segments, String bytes, int expected) {
    dav.mkcol("/y");
    dav.put("/y/d", "old");
    dav.settings().change(Setting.PATH_SEGMENTS, segments, "test");
    dav.settings().change(Setting.PATH_MAX, bytes, "test");
    int code =
        method.equals("COPY") ? dav.copy(from, to, Depth.INFINITY, true) : dav.move(from, to, true);
    assertEquals(expected, code);
    if (expected == 414) {
      assertEquals("two", dav.get("/c/e/f").body());
      assertEquals("old", dav.get("/y/d").body());
      assertEquals(to.equals("/y/d") ? 200 : 404, code(dav.get(to)));
    }
  }

  @Test
  void copyOfDepthZero_makesNoLongPaths() {
    dav.settings().change(Setting.PATH_MAX, "5", "test");
    assertEquals(201, dav.copy("/c", "/long", Depth.ZERO, true));
    assertEquals(414, dav.copy("/c", "/long", Depth.INFINITY, true));
  }

  @Test
  void propertyThatIsTooLarge_isRefusedAndTheOthersWithIt() {
    RecordedReply reply =
        dav.propertyUpdate("/d", List.of(set("small", 1), set("large", 65_537), set("last", 1)));
    assertEquals(207, code(reply));
    String[] propstats = reply.body().split("<D:propstat>");
    assertTrue(propstats[1].contains("large"), propstats[1]);
    assertFalse(propstats[1].contains("small"), propstats[1]);
    assertTrue(propstats[1].contains(" 507 "), propstats[1]);
    assertTrue(propstats[1].contains("over 65536 bytes"), propstats[1]);
    assertTrue(propstats[2].contains("small") && propstats[2].contains(" 424 "), propstats[2]);
    assertFalse(property("/d", "urn:x", "small").contains("200 OK"));
  }

  /** A property of that many bytes. */
  private static PropertyUpdate set(String local, int bytes) {
    return new PropertyUpdate.Set(new Property(new QName("urn:x", local), "x".repeat(bytes)));
  }

  @Test
  void propertiesThatAreTooManyTogether_areRefused_andFewerAreNot() {
    for (int i = 0; i < 16; i++) {
      assertFalse(isNoRoom(dav.propertyUpdate("/d", List.of(set("p" + i, 65_000)))), "p" + i);
    }
    assertTrue(isNoRoom(dav.propertyUpdate("/d", List.of(set("more", 65_000)))));
    assertFalse(isNoRoom(dav.propertyUpdate("/d", List.of(set("p0", 64_000)))));
    PropertyUpdate remove = new PropertyUpdate.Remove(new QName("urn:x", "p1"));
    assertFalse(isNoRoom(dav.propertyUpdate("/d", List.of(remove, set("more", 65_000)))));
  }

  private static boolean isNoRoom(RecordedReply reply) {
    return reply.body().contains(" 507 ");
  }

  @Test
  void resourceThatHasTooMuchAlready_canLoseSome() {
    for (int i = 0; i < 10; i++) {
      dav.propertyUpdate("/d", List.of(set("p" + i, 60_000)));
    }
    dav.settings().change(Setting.PROPERTIES_MAX, "100000", "test");
    assertTrue(isNoRoom(dav.propertyUpdate("/d", List.of(set("p0", 60_001)))));
    assertFalse(isNoRoom(dav.propertyUpdate("/d", List.of(set("p0", 59_999)))));
    PropertyUpdate remove = new PropertyUpdate.Remove(new QName("urn:x", "p1"));
    assertFalse(isNoRoom(dav.propertyUpdate("/d", List.of(remove))));
  }

  @Test
  void sharedLocksOfAResource_areLimited() {
    dav.settings().change(Setting.LOCK_SHARED, "3", "test");
    for (int i = 0; i < 3; i++) {
      assertEquals(200, code(dav.lock(i == 1 ? "/c" : "/c/d", false, Depth.INFINITY)));
    }
    assertEquals(507, code(dav.lock("/c/d", false, Depth.ZERO)));
    assertEquals(507, code(dav.lock("/c", false, Depth.INFINITY)), "/c/d would be under four");
    assertEquals(200, code(dav.lock("/c", false, Depth.ZERO)), "which does not lock /c/d");
    assertEquals(200, code(dav.lock("/c/e/f", false, Depth.ZERO)));
  }

  @Test
  void locksOfAUser_areLimitedUntilTheyEnd() {
    dav.settings().change(Setting.LOCK_USER, "2", "test");
    assertEquals(200, code(dav.lock("/c/d", true, Depth.ZERO)));
    assertEquals(200, code(dav.lock("/d", true, Depth.ZERO)));
    assertEquals(507, code(dav.lock("/new", true, Depth.ZERO)));
    assertEquals(404, code(dav.get("/new")), "nothing was made");
    assertEquals(201, code(dav.as("bob").lock("/new", true, Depth.ZERO)));
    now.set(now.get().plus(Duration.ofHours(2)));
    assertEquals(200, code(dav.lock("/c/d", true, Depth.ZERO)));
  }

  @Test
  void ownersOfLocksBelow_areToldInAListing() {
    String owner = "<D:owner xmlns:D=\"DAV:\">ann of x</D:owner>";
    assertEquals(200, code(dav.lock("/c", owner)));
    assertEquals(200, code(dav.lock("/c/e/f", owner)));
    String body = dav.propfind("/c", Depth.INFINITY, new All(List.of())).body();
    // the one at /c covers four, the other one
    assertEquals(5, body.split("ann of x", -1).length - 1, body);
  }

  @Test
  void whatAStoreKeptOfAContentType_beginsNoField() {
    dav.putAs("/d", "0123456789", "text/plain\rX-Evil: y", "de\rX-Evil: y");
    RecordedReply ranges = dav.get("/d", "bytes=0-1,4-5", null);
    assertEquals(206, code(ranges));
    assertFalse(ranges.body().contains("X-Evil"), ranges.body());
    assertTrue(ranges.body().contains("Content-Type: application/octet-stream"), ranges.body());
    assertEquals(Optional.empty(), ranges.header("Content-Language"));
  }

  @Test
  void copyOfATree_hasContentAndPropertiesAndLeavesTheSource() {
    assertEquals(201, dav.copy("/c", "/n", Depth.INFINITY, true));
    assertEquals("one", dav.get("/n/d").body());
    assertEquals("two", dav.get("/n/e/f").body());
    assertEquals("one", dav.get("/c/d").body());
    assertTrue(property("/n/d", "urn:x", "p").contains("<x:p xmlns:x=\"urn:x\">v</x:p>"));
  }

  @Test
  void copyOfDepthZero_hasNoMembers() {
    assertEquals(201, dav.copy("/c", "/n", Depth.ZERO, true));
    assertEquals(200, code(dav.get("/n/")));
    assertEquals(404, code(dav.get("/n/d")));
  }

  @Test
  void copyOverACollection_replacesRatherThanMerges() {
    assertEquals(201, dav.mkcol("/n"));
    assertEquals(201, dav.put("/n/old", "old"));
    assertEquals(204, dav.copy("/c", "/n", Depth.INFINITY, true));
    assertEquals(404, code(dav.get("/n/old")));
    assertEquals("one", dav.get("/n/d").body());
  }

  @Test
  void moveOfATree_takesEverythingAlong() {
    assertEquals(201, dav.move("/c", "/n", true));
    assertEquals("two", dav.get("/n/e/f").body());
    assertEquals(404, code(dav.get("/c/d")));
    assertTrue(property("/n/d", "urn:x", "p").contains(">v<"));
  }

  @Test
  void locks_doNotTravel() {
    String token = token(dav.lock("/c/d", true, Depth.ZERO));
    assertEquals(201, dav.copy("/c/d", "/n", Depth.INFINITY, true));
    assertEquals(204, dav.put("/n", "free"));
    assertEquals(201, dav.withIf("</dav/c/d> (" + token + ")").move("/c/d", "/m", true));
    assertEquals(204, dav.put("/m", "free"));
    assertEquals(201, dav.put("/c/d", "free again"));
  }

  @Test
  void aLockedDocument_opensToItsTokenAndOwnerOnly() {
    String token = token(dav.lock("/d", true, Depth.ZERO));
    assertEquals(423, dav.put("/d", "x"));
    assertEquals(423, dav.set("/d", "q", "w"));
    assertEquals(423, dav.delete("/d"));
    assertEquals(423, dav.move("/d", "/n", true));
    assertEquals(423, dav.copy("/c", "/d", Depth.INFINITY, true));
    Pipeline holder = dav.withIf("(" + token + ")");
    assertEquals(423, holder.as("bob").put("/d", "x"));
    assertEquals(204, holder.put("/d", "x"));
    assertEquals(204, holder.delete("/d"));
    assertEquals(201, dav.put("/d", "no lock any more"));
  }

  @Test
  void aLockedCollection_protectsItsMembership() {
    String token = token(dav.lock("/c", true, Depth.ZERO));
    assertEquals(423, dav.put("/c/new", "x"));
    assertEquals(423, dav.mkcol("/c/new"));
    assertEquals(423, dav.delete("/c/d"));
    assertEquals(423, dav.move("/c/d", "/n", true));
    assertEquals(423, dav.copy("/d", "/c/n", Depth.INFINITY, true));
    assertEquals(423, code(dav.lock("/c/new", true, Depth.ZERO)));
    assertEquals(204, dav.put("/c/d", "not protected by depth 0"));
    assertEquals(201, dav.put("/c/e/new", "nor this"));
    assertEquals(201, dav.withIf("</dav/c> (" + token + ")").put("/c/new", "x"));
  }

  @Test
  void aLockOfDepthInfinity_protectsAllBelow() {
    String token = token(dav.lock("/c", true, Depth.INFINITY));
    assertEquals(423, dav.put("/c/e/f", "x"));
    assertEquals(423, dav.put("/c/e/new", "x"));
    assertEquals(204, dav.withIf("(" + token + ")").put("/c/e/f", "x"));
    assertEquals(423, code(dav.lock("/c/e/f", true, Depth.ZERO)));
  }

  @Test
  void aLockedMember_isToldOfByA207AndNothingIsChanged() {
    token(dav.lock("/c/e/f", true, Depth.ZERO));
    for (RecordedReply reply :
        List.of(
            dav.send(new DeleteRequest(dav.head("/c"), Depth.INFINITY)),
            dav.send(
                new MoveRequest(
                    dav.head("/c"),
                    ResourcePath.parse("/n"),
                    Depth.INFINITY,
                    true,
                    Optional.empty())))) {
      assertEquals(207, code(reply));
      assertTrue(reply.body().contains("<D:href>/dav/c/e/f</D:href>"), reply.body());
      assertTrue(reply.body().contains("423 Locked"), reply.body());
      assertFalse(reply.body().contains("/dav/c/d<"), reply.body());
    }
    assertEquals("two", dav.get("/c/e/f").body());
    assertEquals("one", dav.get("/c/d").body());
  }

  @Test
  void conflictingLocks_areRefused() {
    token(dav.lock("/c/d", false, Depth.ZERO));
    assertEquals(200, code(dav.as("bob").lock("/c/d", false, Depth.ZERO)));
    RecordedReply refused = dav.lock("/c/d", true, Depth.ZERO);
    assertEquals(423, code(refused));
    assertEquals(
        "no-conflicting-lock", refused.error().orElseThrow().precondition().orElseThrow().code());
    assertEquals(207, code(dav.lock("/c", true, Depth.INFINITY)));
    assertEquals(200, code(dav.lock("/c", true, Depth.ZERO)));
  }

  @Test
  void aSharedLock_opensToAnyTokenOfItsRoot() {
    String ann = token(dav.lock("/d", false, Depth.ZERO));
    String bob = token(dav.as("bob").lock("/d", false, Depth.ZERO));
    assertEquals(423, dav.put("/d", "x"));
    assertEquals(204, dav.withIf("(" + ann + ")").put("/d", "x"));
    assertEquals(204, dav.as("bob").withIf("(" + bob + ")").put("/d", "x"));
    assertEquals(423, dav.withIf("(" + bob + ")").put("/d", "x"));
  }

  @Test
  void unlock_isForTheOwnerOrAnAdministrator() {
    String token = token(dav.lock("/d", true, Depth.ZERO));
    assertEquals(403, dav.as("bob").unlock("/d", token));
    assertEquals(409, dav.unlock("/c/d", token));
    assertEquals(409, dav.unlock("/d", "<urn:uuid:00000000-0000-0000-0000-000000000000>"));
    assertEquals(204, dav.asAdmin().unlock("/d", token));
    assertEquals(409, dav.unlock("/d", token));
    assertEquals(204, dav.put("/d", "x"));
  }

  @Test
  void unlockOfAMember_releasesTheWholeLock() {
    String token = token(dav.lock("/c", true, Depth.INFINITY));
    assertEquals(204, dav.unlock("/c/e/f", token));
    assertEquals(204, dav.put("/c/d", "x"));
  }

  @Test
  void aLockThatExpired_isGone() {
    token(dav.lock("/d", true, Depth.ZERO));
    now.updateAndGet(it -> it.plus(Duration.ofHours(1)));
    assertEquals(204, dav.put("/d", "x"));
    assertFalse(property("/d", "DAV:", "lockdiscovery").contains("activelock"));
  }

  @Test
  void aLockRefreshed_lastsFromThen() {
    String token = token(dav.lock("/d", true, Depth.ZERO));
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(59)));
    RecordedReply refreshed =
        dav.withIf("(" + token + ")").refresh("/d", new Timeout(Duration.ofMinutes(10)));
    assertEquals(200, code(refreshed));
    assertTrue(refreshed.body().contains("Second-600"), refreshed.body());
    now.updateAndGet(it -> it.plus(Duration.ofMinutes(9)));
    assertEquals(423, dav.put("/d", "x"));
    assertEquals(400, code(dav.refresh("/d", Timeout.INFINITE)));
    assertEquals(412, code(dav.withIf("(" + token + ")").refresh("/c/d", Timeout.INFINITE)));
  }

  @Test
  void ifHeader_holdsWhereAnyListDoes() {
    String token = token(dav.lock("/d", true, Depth.ZERO));
    String tag = dav.get("/d").header("ETag").orElseThrow();
    assertEquals(204, dav.withIf("(" + token + " [" + tag + "])").put("/d", "x"));
    assertEquals(412, dav.withIf("(" + token + " [" + tag + "])").put("/d", "y"));
    assertEquals(204, dav.withIf("(" + token + " [" + tag + "]) (" + token + ")").put("/d", "y"));
    assertEquals(204, dav.withIf("(" + token + ") (Not <DAV:no-lock>)").put("/d", "z"));
    assertEquals(423, dav.withIf("(Not <DAV:no-lock>)").put("/d", "z"));
    assertEquals(412, dav.withIf("(<DAV:no-lock>)").put("/c/d", "z"));
    assertEquals(412, dav.withIf("</dav/d> (Not " + token + ")").put("/c/d", "z"));
    assertEquals(204, dav.withIf("</dav/d> (" + token + ")").put("/c/d", "another's lock holds"));
  }

  @Test
  void depthZero_isForDocuments() {
    assertEquals(400, code(dav.send(new DeleteRequest(dav.head("/c"), Depth.ZERO))));
    ResourcePath to = ResourcePath.parse("/n");
    assertEquals(
        400,
        code(dav.send(new MoveRequest(dav.head("/c"), to, Depth.ZERO, true, Optional.empty()))));
    assertEquals(200, code(dav.get("/c/d")));
    assertEquals(
        201,
        code(dav.send(new MoveRequest(dav.head("/d"), to, Depth.ZERO, true, Optional.empty()))));
    assertEquals(204, code(dav.send(new DeleteRequest(dav.head("/n"), Depth.ZERO))));
    assertEquals(404, code(dav.get("/n")));
  }

  @Test
  void conditionalPut_losesNoUpdate() {
    EntityTag tag = EntityTag.parse(dav.get("/d").header("ETag").orElseThrow());
    Pipeline matching = dav.with(ifMatch(new TagList(false, List.of(tag))));
    assertEquals(204, matching.put("/d", "mine"));
    assertEquals(412, matching.put("/d", "over another's"));
    assertEquals(412, dav.with(ifMatch(new TagList(true, List.of()))).put("/new", "x"));
    Conditions noneThere =
        new Conditions(
            Optional.empty(),
            Optional.of(new TagList(true, List.of())),
            Optional.empty(),
            Optional.empty(),
            IfHeader.NONE,
            Map.of());
    assertEquals(412, dav.with(noneThere).put("/d", "x"));
    assertEquals(201, dav.with(noneThere).put("/new", "x"));
  }

  private static Conditions ifMatch(TagList tags) {
    return new Conditions(
        Optional.of(tags),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        IfHeader.NONE,
        Map.of());
  }

  @ParameterizedTest(name = "{0}: {1} {2}")
  @CsvSource({
    "bytes=0-1, 206, th",
    "bytes=3-, 206, ee",
    "bytes=-2, 206, ee",
    "bytes=-99, 206, three",
    "bytes=0-99, 206, three",
    "bytes=0-9223372036854775807, 206, three",
    "bytes=0-99999999999999999999999999999999, 206, three",
    "bytes=00000000000000000000000000000000003-, 206, ee",
    "bytes=-9223372036854775808, 206, three",
    "bytes=9223372036854775808-, 416, ''",
    "'bytes=, 0-1 ,', 206, th",
    "'bytes=,,', 200, three",
    "bytes=5-, 416, ''",
    "bytes=-0, 416, ''",
    "bytes=3-1, 200, three",
    "bytes=x, 200, three",
    "lines=1-2, 200, three",
  })
  void range(String range, int expected, String body) {
    RecordedReply reply = dav.get("/d", range, null);
    assertEquals(expected, code(reply));
    assertEquals(body, reply.error().isPresent() ? "" : reply.body());
  }

  @Test
  void severalRanges_areSeveralParts() {
    RecordedReply reply = dav.get("/d", "bytes=0-0, 4-4", null);
    assertEquals(206, code(reply));
    assertTrue(reply.body().contains("Content-Range: bytes 4-4/5\r\n\r\ne\r\n--"), reply.body());
    assertEquals(
        Integer.toString(reply.body().length()), reply.header("Content-Length").orElseThrow());
  }

  @Test
  void ifRange_thatDoesNotHold_getsTheWhole() {
    String tag = dav.get("/d").header("ETag").orElseThrow();
    assertEquals(206, code(dav.get("/d", "bytes=0-0", tag)));
    assertEquals(200, code(dav.get("/d", "bytes=0-0", "\"other\"")));
    assertEquals(200, code(dav.get("/d", "bytes=0-0", "none\"")));
  }

  private static final Instant OLD = Instant.parse("1999-12-31T23:59:59Z");
  private static final String OLD_HTTP = "Fri, 31 Dec 1999 23:59:59 GMT";

  @ParameterizedTest(name = "PUT and MKCOL with the date {0}")
  @CsvSource({
    "1999-12-31T23:59:59.5Z, 'Fri, 31 Dec 1999 23:59:59 GMT'",
    "1601-01-01T00:00:00Z, 'Mon, 01 Jan 1601 00:00:00 GMT'",
    "1969-12-31T23:59:59Z, 'Wed, 31 Dec 1969 23:59:59 GMT'",
    "9999-12-31T23:59:59.999999999Z, 'Fri, 31 Dec 9999 23:59:59 GMT'",
  })
  void whatIsMadeWithADate_hasIt(Instant date, String shown) {
    assertEquals(204, dav.at(date).put("/d", "x"));
    assertEquals(201, dav.at(date).put("/new", "x"));
    assertEquals(201, dav.at(date).mkcol("/n"));
    for (String path : List.of("/d", "/new", "/n")) {
      assertEquals(shown, modified(path), path);
    }
    assertEquals(204, dav.put("/d", "x"));
    assertNotEquals(shown, modified("/d"));
  }

  private String modified(String path) {
    String body = property(path, "DAV:", "getlastmodified");
    return body.replaceAll("(?s).*<D:getlastmodified>(.*)</D:getlastmodified>.*", "$1");
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void datesThatWereGiven_areCopiedAndMovedWithATree(boolean moved) {
    Pipeline old = dav.at(OLD);
    assertEquals(204, old.put("/c/d", "x"));
    assertEquals(201, old.put("/c/e/g", "x"));
    for (String path : List.of("/c", "/c/e")) {
      assertEquals(207, code(dav.propertyUpdate(path, List.of(date(OLD_HTTP)))));
    }
    assertEquals(
        201, moved ? dav.move("/c", "/n", true) : dav.copy("/c", "/n", Depth.INFINITY, true));
    for (String path : List.of("/n", "/n/d", "/n/e", "/n/e/g")) {
      assertEquals(OLD_HTTP, modified(path), path);
    }
    assertNotEquals(OLD_HTTP, modified("/n/e/f"));
  }

  private static PropertyUpdate date(String text) {
    String xml = "<x:getlastmodified xmlns:x=\"DAV:\">" + text + "</x:getlastmodified>";
    return new PropertyUpdate.Set(new Property(new QName("DAV:", "getlastmodified"), xml));
  }

  // A date that a client gave may be that of other content, before or after
  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "GET, If-Modified-Since, 200",
    "GET, If-Unmodified-Since, 412",
    "GET, If-Range, 200",
    "PUT, If-Unmodified-Since, 412",
  })
  void aDateThatWasGiven_doesNotTellWhatIsFresh(String method, String field, int expected) {
    assertEquals(204, dav.at(OLD).put("/d", "new content"));
    Optional<Instant> date = Optional.of(OLD);
    Optional<Instant> none = Optional.empty();
    Pipeline asked =
        dav.with(
            new Conditions(
                Optional.empty(),
                Optional.empty(),
                field.equals("If-Unmodified-Since") ? date : none,
                field.equals("If-Modified-Since") ? date : none,
                IfHeader.NONE,
                Map.of()));
    boolean ranged = field.equals("If-Range");
    assertEquals(
        expected,
        method.equals("PUT")
            ? asked.put("/d", "x")
            : code(ranged ? asked.get("/d", "bytes=0-0", OLD_HTTP) : asked.get("/d")));
  }

  @Test
  void lastModified_isNeverLaterThanNow() {
    assertEquals(204, dav.at(Instant.parse("9999-01-01T00:00:00Z")).put("/d", "x"));
    String header = dav.get("/d").header("Last-Modified").orElseThrow();
    Instant told = Dates.parse(header).orElseThrow();
    assertFalse(told.isAfter(Instant.now()), header);
    assertEquals("Fri, 01 Jan 9999 00:00:00 GMT", modified("/d"));
  }

  @Test
  void propfindOfEachDepth_listsThatMuch() {
    assertEquals(1, hrefs(dav.propfind("/c", Depth.ZERO, new Names())));
    assertEquals(3, hrefs(dav.propfind("/c", Depth.ONE, new Names())));
    assertEquals(4, hrefs(dav.propfind("/c", Depth.INFINITY, new Names())));
    assertEquals(1, hrefs(dav.propfind("/d", Depth.INFINITY, new Names())));
  }

  @Test
  void propfindOfWhatIsMissing_is404InItsPropstat() {
    String body = property("/d", "urn:x", "none");
    assertTrue(body.contains("404 Not Found"), body);
    assertFalse(body.contains("200 OK"), body);
  }

  @Test
  void allprop_hasTheLiveTheDeadAndTheIncluded() {
    QName quota = new QName("DAV:", "creator-displayname");
    String body = dav.propfind("/c/d", Depth.ZERO, new All(List.of(quota))).body();
    for (String part : List.of("getetag", "lockdiscovery", ">v</x:p>", "creator-displayname")) {
      assertTrue(body.contains(part), part + " in " + body);
    }
  }

  @Test
  void protectedProperty_stopsAllOfAProppatch() {
    RecordedReply reply =
        dav.send(
            new ProppatchRequest(
                dav.head("/d"),
                List.of(
                    new PropertyUpdate.Remove(new QName("DAV:", "getetag")),
                    new PropertyUpdate.Set(
                        new Property(new QName("", "q"), "<q xmlns=\"\">w</q>")))));
    assertEquals(207, code(reply));
    assertTrue(reply.body().contains("cannot-modify-protected-property"), reply.body());
    assertTrue(reply.body().contains("424 Failed Dependency"), reply.body());
    assertTrue(property("/d", "", "q").contains("404"));
  }

  private String property(String path, String namespace, String local) {
    return dav.propfind(path, Depth.ZERO, new Named(List.of(new QName(namespace, local)))).body();
  }

  private static int hrefs(RecordedReply reply) {
    assertEquals(207, code(reply));
    return reply.body().split("<D:response>", -1).length - 1;
  }
}
