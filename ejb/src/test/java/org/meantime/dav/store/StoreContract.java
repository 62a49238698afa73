package org.meantime.dav.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.EntityTag;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;

/** What every store does. A store's own test extends this and says how one is made. */
public abstract class StoreContract {
  protected static final DocumentInfo INFO = new DocumentInfo("text/plain", "en", "alice");
  private static final byte[] BIG = bytes(300_000, 1);

  /** A new store in which there is nothing but the root. */
  protected abstract Store store();

  // ---- looking up

  @Test
  void newStore_hasAnEmptyRoot() {
    CollectionResource root = collection("/");
    assertEquals(ResourcePath.ROOT, root.path());
    assertEquals(List.of(), names("/"));
    assertEquals(List.of(), root.deadProperties());
  }

  @Test
  void nothingThere_isNotFound() {
    assertEquals(Optional.empty(), find("/a"));
    assertEquals(Optional.empty(), find("/a/b/c"));
  }

  @Test
  void belowADocument_nothingIsFound() {
    put("/a", "x");
    assertEquals(Optional.empty(), find("/a/b"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/a%20b",
        "/a;b=c",
        "/a+b",
        "/%2525",
        "/%C3%A9",
        "/e%CC%81",
        "/%F0%9F%98%80",
        "/'%22%60",
        "/%5B1%5D",
        "/100%25",
        "/_%25_",
        "/trash",
        "/staging",
        "/A",
        "/...",
        "/%C2%A0",
        "/%EF%BF%BD"
      })
  void exoticName_isKeptExactly(String raw) {
    put(raw, raw);
    assertEquals(path(raw), document(raw).path());
    assertEquals(raw, text(raw));
    assertEquals(List.of(path(raw).name()), names("/"));
  }

  @Test
  void namesThatDifferOnlyInCaseOrNormalForm_areDifferent() {
    put("/a", "1");
    put("/A", "2");
    put("/%C3%A9", "3");
    put("/e%CC%81", "4");
    assertEquals("1", text("/a"));
    assertEquals("2", text("/A"));
    assertEquals("3", text("/%C3%A9"));
    assertEquals("4", text("/e%CC%81"));
  }

  @Test
  void nameOf255Bytes_works() {
    String ascii = "/" + "n".repeat(255);
    String wide = "/" + "%C3%A9".repeat(127);
    put(ascii, "a");
    createCollection(wide);
    put(wide + ascii, "b");
    assertEquals("a", text(ascii));
    assertEquals("b", text(wide + ascii));
  }

  @Test
  void membersWithMuchToTell_areAllListed() {
    for (int i = 10; i < 30; i++) {
      put("/m" + i, "x");
      update("/m" + i, set("p", "x".repeat(400_000)));
    }
    createCollection("/n");
    List<String> expected = new ArrayList<>();
    IntStream.range(10, 30).forEach(i -> expected.add("m" + i));
    expected.add("n");
    assertEquals(expected, names("/").stream().sorted().toList());
  }

  @Test
  void hundredLevels_work() {
    StringBuilder deep = new StringBuilder();
    for (int level = 0; level < 100; level++) {
      createCollection(deep.append("/level").append(level).toString());
    }
    put(deep + "/leaf", "deep");
    assertEquals("deep", text(deep + "/leaf"));
  }

  // ---- documents

  @Test
  void put_createsADocument() {
    put("/a", "hello");
    DocumentResource document = document("/a");
    assertEquals(5, document.length());
    assertEquals(Optional.of("text/plain"), document.contentType());
    assertEquals(Optional.of("en"), document.contentLanguage());
    assertEquals(Optional.of("alice"), document.creator());
    assertEquals(List.of(), document.deadProperties());
    assertFalse(document.entityTag().weak());
    assertFalse(document.modified().isBefore(document.created()));
    assertEquals("hello", text("/a"));
  }

  @Test
  void documentWithoutTypeOrLanguage_hasNone() {
    Store store = store();
    put("/a", bytes("x"), new DocumentInfo("", "", "alice"));
    assertEquals(Optional.empty(), document("/a").contentType());
    assertEquals(Optional.empty(), document("/a").contentLanguage());
    assertTrue(store.find(path("/a")).isPresent());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 131_073, 1_000_000})
  void contentOfAnyLength_comesBack(int length) throws IOException {
    byte[] content = bytes(length, length);
    put("/a", content, INFO);
    assertEquals(length, document("/a").length());
    assertArrayEquals(content, read(document("/a"), 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 65_536, 150_000, 299_999, 300_000})
  void openAtAnOffset_skipsThatMuch(int offset) throws IOException {
    put("/big", BIG, INFO);
    byte[] rest = read(document("/big"), offset);
    assertEquals(BIG.length - offset, rest.length);
    assertArrayEquals(Arrays.copyOfRange(BIG, offset, BIG.length), rest);
    put("/small", "hello");
    assertArrayEquals(bytes("lo"), read(document("/small"), 3));
    assertArrayEquals(bytes(""), read(document("/small"), 5));
  }

  @Test
  void replacing_keepsCreationAndProperties() {
    put("/a", "one");
    update("/a", set("p", "1"));
    DocumentResource before = document("/a");
    put("/a", bytes("other"), new DocumentInfo("text/html", "", "bob"));
    DocumentResource after = document("/a");
    assertEquals("other", text("/a"));
    assertEquals(before.created(), after.created());
    assertEquals(Optional.of("alice"), after.creator());
    assertEquals(before.deadProperties(), after.deadProperties());
    assertEquals(Optional.of("text/html"), after.contentType());
    assertEquals(Optional.empty(), after.contentLanguage());
    assertNotEquals(before.entityTag(), after.entityTag());
  }

  @Test
  void resourceInHand_doesNotChange() throws IOException {
    put("/a", "one");
    put("/b", BIG, INFO);
    DocumentResource small = document("/a");
    DocumentResource big = document("/b");
    put("/a", "two");
    put("/b", "two");
    assertEquals(3, small.length());
    assertArrayEquals(bytes("one"), read(small, 0));
    assertArrayEquals(BIG, read(big, 0));
  }

  @Test
  void openContent_isReadToItsEndThoughReplacedAndDeleted() throws IOException {
    put("/a", BIG, INFO);
    try (InputStream in = document("/a").open(0, BIG.length)) {
      byte[] first = in.readNBytes(100_000);
      put("/a", "other");
      transaction(() -> store().delete(path("/a")));
      byte[] rest = in.readAllBytes();
      assertArrayEquals(Arrays.copyOf(BIG, 100_000), first);
      assertEquals(200_000, rest.length);
      assertEquals(BIG[BIG.length - 1], rest[rest.length - 1]);
    }
  }

  @Test
  void equalContent_isIndependent() {
    put("/a", BIG, INFO);
    put("/b", BIG, INFO);
    transaction(() -> store().delete(path("/a")));
    assertEquals(BIG.length, document("/b").length());
    assertArrayEquals(BIG, content("/b"));
  }

  // ---- uploads

  @Test
  void uploadClosedWithoutPut_leavesNothing() throws IOException {
    store().receive(new ByteArrayInputStream(BIG), Progress.NONE).close();
    store().receive(new ByteArrayInputStream(bytes("x")), Progress.NONE).close();
    assertEquals(List.of(), names("/"));
    put("/a", BIG, INFO);
    assertArrayEquals(BIG, content("/a"));
  }

  @Test
  void bodyThatBreaksOff_passesItsOwnException() {
    put("/a", "old");
    IOException broken = new IOException("connection reset");
    for (int length : new int[] {10, 100_000}) {
      InputStream body = breakingOff(length, broken);
      assertSame(
          broken, assertThrows(IOException.class, () -> store().receive(body, Progress.NONE)));
    }
    assertEquals("old", text("/a"));
  }

  @Test
  void receiving_tellsItsProgressAndCanBeCancelled() throws IOException {
    long[] told = {0};
    store().receive(new ByteArrayInputStream(BIG), counting(told)).close();
    assertEquals(BIG.length, told[0]);
    InputStream body = new ByteArrayInputStream(BIG);
    assertThrows(DavException.class, () -> store().receive(body, cancelledAfter(0)));
  }

  // ---- collections

  @Test
  void createCollection_makesAnEmptyOne() {
    createCollection("/c");
    CollectionResource collection = collection("/c");
    assertEquals(Optional.of("alice"), collection.creator());
    assertEquals(List.of(), names("/c"));
  }

  @Test
  void members_areEachThereOnce() {
    createCollection("/c");
    Set<String> expected = new TreeSet<>();
    transaction(
        () -> {
          for (int i = 0; i < 2_500; i++) {
            store().createCollection(path("/c/m" + i), "alice");
            expected.add("m" + i);
          }
        });
    List<String> names = names("/c");
    assertEquals(expected, new TreeSet<>(names));
    assertEquals(2_500, names.size());
  }

  @Test
  void members_tellWhatFindTells() {
    createCollection("/c");
    put("/c/d", "content");
    update("/c/d", set("p", "1"));
    createCollection("/c/e");
    try (Stream<Resource> members = collection("/c").members()) {
      members.forEach(
          member -> {
            Resource found = store().find(member.path()).orElseThrow();
            assertEquals(found.created(), member.created());
            assertEquals(found.modified(), member.modified());
            assertEquals(found.deadProperties(), member.deadProperties());
            assertEquals(found.getClass(), member.getClass());
          });
    }
    assertEquals(Set.of("d", "e"), new HashSet<>(names("/c")));
  }

  @Test
  void membersThatStay_showThoughOthersComeAndGo() {
    createCollection("/c");
    transaction(
        () -> {
          for (int i = 1_000; i < 3_000; i++) {
            store().createCollection(path("/c/m" + i), "alice");
          }
        });
    Set<String> seen = new HashSet<>();
    try (Stream<Resource> members = collection("/c").members()) {
      members.forEach(
          member -> {
            assertTrue(seen.add(member.path().name()), "shown twice");
            if (seen.size() == 100) {
              transaction(this::deleteEveryTenth);
            }
          });
    }
    for (int i = 1_000; i < 3_000; i++) {
      assertTrue(i % 10 == 0 || seen.contains("m" + i), "m" + i);
    }
  }

  private void deleteEveryTenth() {
    for (int i = 1_000; i < 3_000; i += 10) {
      store().delete(path("/c/m" + i));
      store().createCollection(path("/c/new" + i), "alice");
    }
  }

  // ---- dead properties

  @Test
  void updates_areAppliedInOrder() {
    put("/a", "x");
    update("/a", set("p", "1"), set("q", "2"), set("p", "3"), remove("q"), set("r", "4"));
    assertEquals(List.of(property("p", "3"), property("r", "4")), document("/a").deadProperties());
    update("/a", remove("p"), set("p", "5"));
    assertEquals(List.of(property("r", "4"), property("p", "5")), document("/a").deadProperties());
    update("/a", set("r", "6"), remove("never set"));
    assertEquals(List.of(property("r", "6"), property("p", "5")), document("/a").deadProperties());
  }

  @Test
  void propertyNames_areNamespaceAndLocalName() {
    createCollection("/c");
    Property none = new Property(new QName("p"), "<p>none</p>");
    Property one = new Property(new QName("urn:1", "p"), "<p xmlns='urn:1'> a\n\t<b/>é😀 </p>");
    Property two = new Property(new QName("urn:2", "p"), "<p xmlns='urn:2'/>");
    transaction(
        () ->
            store()
                .update(
                    path("/c"),
                    List.of(
                        new PropertyUpdate.Set(none),
                        new PropertyUpdate.Set(one),
                        new PropertyUpdate.Set(two))));
    assertEquals(List.of(none, one, two), collection("/c").deadProperties());
  }

  @Test
  void bigProperty_isKept() {
    put("/a", "x");
    update("/a", set("p", "x".repeat(500_000)));
    assertEquals(List.of(property("p", "x".repeat(500_000))), document("/a").deadProperties());
  }

  // ---- deleting

  @Test
  void deleted_isGone() {
    put("/a", "x");
    createCollection("/c");
    transaction(() -> store().delete(path("/a")));
    transaction(() -> store().delete(path("/c")));
    assertEquals(List.of(), names("/"));
    put("/a", "y");
    assertEquals(List.of(), document("/a").deadProperties());
    assertEquals("y", text("/a"));
  }

  // ---- transactions

  @Test
  void transactionThatThrows_changesNothing() {
    put("/a", "old");
    put("/b", "b");
    IllegalStateException thrown = new IllegalStateException();
    RuntimeException caught =
        assertThrows(
            RuntimeException.class,
            () ->
                transaction(
                    () -> {
                      changeAll();
                      throw thrown;
                    }));
    assertSame(thrown, caught);
    assertEquals("old", text("/a"));
    assertEquals(List.of(), document("/a").deadProperties());
    assertEquals(Set.of("a", "b"), new HashSet<>(names("/")));
  }

  private void changeAll() {
    createCollection("/c");
    put("/c/d", "d");
    put("/a", "new");
    update("/a", set("p", "1"));
    store().delete(path("/b"));
  }

  @Test
  void transaction_seesItsOwnChanges() {
    transaction(
        () -> {
          createCollection("/c");
          put("/c/d", "d");
          assertEquals("d", text("/c/d"));
          assertEquals(List.of("d"), names("/c"));
          store().delete(path("/c/d"));
          assertEquals(Optional.empty(), find("/c/d"));
        });
    assertEquals(List.of(), names("/c"));
  }

  @Test
  void transaction_isUnseenUntilItEnds() {
    transaction(
        () -> {
          put("/a", "x");
          assertEquals(Optional.empty(), CompletableFuture.supplyAsync(() -> find("/a")).join());
        });
    assertTrue(find("/a").isPresent());
  }

  @Test
  void innerTransaction_isPartOfTheOuter() {
    assertThrows(
        IllegalStateException.class,
        () ->
            transaction(
                () -> {
                  transaction(() -> put("/a", "x"));
                  throw new IllegalStateException();
                }));
    assertEquals(Optional.empty(), find("/a"));
  }

  @Test
  void transactions_comeOneAfterTheOther() {
    put("/n", "0");
    List<CompletableFuture<Void>> adders = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      adders.add(CompletableFuture.runAsync(this::addFifty));
    }
    adders.forEach(CompletableFuture::join);
    assertEquals("200", text("/n"));
  }

  private void addFifty() {
    for (int i = 0; i < 50; i++) {
      transaction(() -> put("/n", Integer.toString(Integer.parseInt(text("/n")) + 1)));
    }
  }

  // ---- trees, where the store has them

  @Test
  void stagedTree_isUnseenUntilAttached() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    TreeMap<String, String> source = tree("/s");
    try (StagedTree staged =
        copier.stage(path("/s"), Depth.INFINITY, "bob", counting(new long[1]))) {
      assertEquals(List.of("s"), names("/"));
      put("/s/late", "not in the copy");
      transaction(() -> staged.attach(path("/t")));
    }
    assertEquals(source, tree("/t"));
    assertEquals(Optional.of("bob"), document("/t/doc").creator());
    assertEquals(document("/s/doc").deadProperties(), document("/t/doc").deadProperties());
    assertEquals(document("/s/doc").contentType(), document("/t/doc").contentType());
  }

  @Test
  void copy_isIndependentOfItsSource() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    copy(copier, "/s", "/t", Depth.INFINITY);
    put("/s/doc", "changed");
    update("/s/doc", set("p", "changed"));
    assertEquals("document", text("/t/doc"));
    assertEquals(List.of(property("p", "1")), document("/t/doc").deadProperties());
  }

  @Test
  void copyOfDepthZero_hasPropertiesButNoMembers() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    copy(copier, "/s", "/t", Depth.ZERO);
    assertEquals(List.of(), names("/t"));
    assertEquals(collection("/s").deadProperties(), collection("/t").deadProperties());
    copy(copier, "/s/doc", "/t/doc", Depth.ZERO);
    assertEquals("document", text("/t/doc"));
  }

  @Test
  void copyIntoItsOwnSource_endsAndIsTheOldTree() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    TreeMap<String, String> before = tree("/s");
    copy(copier, "/s", "/s/sub/copy", Depth.INFINITY);
    assertEquals(before, tree("/s/sub/copy"));
  }

  @Test
  void stagedTreeNotAttached_leavesNothing() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    copier.stage(path("/s"), Depth.INFINITY, "bob", Progress.NONE).close();
    assertEquals(List.of("s"), names("/"));
  }

  @Test
  void cancelledCopy_leavesNothingAndMayBeRepeated() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    assertThrows(
        DavException.class,
        () -> copier.stage(path("/s"), Depth.INFINITY, "bob", cancelledAfter(3)));
    assertEquals(List.of("s"), names("/"));
    copy(copier, "/s", "/t", Depth.INFINITY);
    assertEquals(tree("/s"), tree("/t"));
  }

  @Test
  void attachRolledBack_isUnseenAndMayBeRepeated() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    try (StagedTree staged = copier.stage(path("/s"), Depth.INFINITY, "bob", Progress.NONE)) {
      assertThrows(
          IllegalStateException.class,
          () ->
              transaction(
                  () -> {
                    staged.attach(path("/t"));
                    throw new IllegalStateException();
                  }));
      assertEquals(Optional.empty(), find("/t"));
      transaction(() -> staged.attach(path("/u")));
    }
    assertEquals(tree("/s"), tree("/u"));
  }

  @Test
  void copyProgress_tellsEveryMember() {
    TreeCopy copier = capability(TreeCopy.class);
    plantTree();
    List<ResourcePath> told = new ArrayList<>();
    Progress progress =
        new Progress() {
          @Override
          public void expect(long total) {}

          @Override
          public void member(ResourcePath current) {
            told.add(current);
          }

          @Override
          public void bytes(long count) {}
        };
    copier.stage(path("/s"), Depth.INFINITY, "bob", progress).close();
    assertEquals(1 + tree("/s").size(), told.size());
  }

  @Test
  void languages_areThoseGivenUntilTheNextPut() {
    LanguageKeeping keeper = capability(LanguageKeeping.class);
    put("/a", "one");
    update("/a", set("p", "1"));
    DocumentResource before = document("/a");
    transaction(
        () -> {
          keeper.giveLanguages(path("/a"), "fr, it");
          assertEquals(Optional.of("fr, it"), document("/a").contentLanguage());
        });
    DocumentResource after = document("/a");
    assertEquals(Optional.of("fr, it"), after.contentLanguage());
    assertEquals(before.entityTag(), after.entityTag());
    assertEquals(before.modified(), after.modified());
    assertEquals(before.contentType(), after.contentType());
    assertEquals(before.deadProperties(), after.deadProperties());
    assertEquals("one", text("/a"));
    transaction(() -> keeper.giveLanguages(path("/a"), ""));
    assertEquals(Optional.empty(), document("/a").contentLanguage());
    put("/a", "two");
    assertEquals(Optional.of("en"), document("/a").contentLanguage());
  }

  @Test
  void move_takesTheWholeTree() {
    TreeMove mover = capability(TreeMove.class);
    plantTree();
    createCollection("/c");
    TreeMap<String, String> before = tree("/s");
    Resource doc = document("/s/doc");
    transaction(() -> mover.move(path("/s"), path("/c/t")));
    assertEquals(before, tree("/c/t"));
    assertEquals(List.of("c"), names("/"));
    assertEquals(doc.created(), document("/c/t/doc").created());
    assertEquals(doc.modified(), document("/c/t/doc").modified());
    assertEquals(doc.creator(), document("/c/t/doc").creator());
    assertEquals(doc.deadProperties(), document("/c/t/doc").deadProperties());
  }

  @Test
  void deleteTree_takesTheWholeTree() {
    TreeDelete deleter = capability(TreeDelete.class);
    plantTree();
    put("/other", "document");
    transaction(() -> deleter.deleteTree(path("/s")));
    assertEquals(List.of("other"), names("/"));
    assertEquals(Optional.empty(), find("/s/doc"));
    assertEquals("document", text("/other"));
    plantTree();
    assertEquals("document", text("/s/doc"));
  }

  @Test
  void deleteTreeRolledBack_leavesTheTree() {
    TreeDelete deleter = capability(TreeDelete.class);
    plantTree();
    TreeMap<String, String> before = tree("/s");
    assertThrows(
        IllegalStateException.class,
        () ->
            transaction(
                () -> {
                  deleter.deleteTree(path("/s"));
                  throw new IllegalStateException();
                }));
    assertEquals(before, tree("/s"));
  }

  @Test
  void quota_countsWhatWasPut() {
    QuotaReporting reporter = capability(QuotaReporting.class);
    put("/a", BIG, INFO);
    QuotaReporting.Quota quota = reporter.quota(ResourcePath.ROOT);
    assertTrue(quota.usedBytes() >= BIG.length);
    assertTrue(quota.availableBytes() > 0);
  }

  @Test
  void count_goesAsDeepAsItIsTold() {
    TreeCount counter = capability(TreeCount.class);
    createCollection("/c");
    createCollection("/c/c");
    put("/c/a", "x");
    put("/c/c/a", "x");
    put("/other", "x");
    assertEquals(1, counter.count(path("/c"), Depth.ZERO));
    assertEquals(3, counter.count(path("/c"), Depth.ONE));
    assertEquals(4, counter.count(path("/c"), Depth.INFINITY));
    assertEquals(1, counter.count(path("/other"), Depth.INFINITY));
  }

  @Test
  void reach_isThatOfTheLongestPathAndOfTheDeepest() {
    TreeReach trees = capability(TreeReach.class);
    createCollection("/c");
    createCollection("/c/%C3%A9");
    put("/c/%C3%A9/a", "x"); // two segments, five bytes
    put("/c/longer", "x"); // one segment, seven bytes
    put("/longest-but-elsewhere", "x");
    assertFalse(trees.reachesBeyond(path("/c"), 2, 7));
    assertTrue(trees.reachesBeyond(path("/c"), 1, 7));
    assertTrue(trees.reachesBeyond(path("/c"), 2, 6));
    assertFalse(trees.reachesBeyond(path("/c/%C3%A9"), 1, 2));
    assertFalse(trees.reachesBeyond(path("/c/longer"), 0, 0));
    transaction(
        () -> {
          createCollection("/c/%C3%A9/b");
          createCollection("/c/%C3%A9/b/c");
          assertTrue(trees.reachesBeyond(path("/c"), 2, 7));
        });
    assertFalse(trees.reachesBeyond(path("/c"), 3, 7));
    put("/c/%C3%A9/%C3%A9%C3%A9", "x");
    assertFalse(trees.reachesBeyond(path("/c"), 3, 8));
    assertTrue(trees.reachesBeyond(path("/c"), 3, 7));
  }

  // ---- dates that clients give, where the store keeps them

  private static final Instant OLD = Instant.parse("1999-12-31T23:59:59Z");
  private static final Instant ANCIENT = Instant.parse("1601-01-01T00:00:00Z");
  private static final GivenDates BOTH =
      GivenDates.ofCreated(ANCIENT).then(GivenDates.ofModified(OLD));

  private void give(String raw, GivenDates dates) {
    DateKeeping store = capability(DateKeeping.class);
    transaction(() -> store.giveDates(path(raw), dates));
  }

  private static void assertDates(Instant created, Instant modified, Resource resource) {
    assertEquals(created, resource.created());
    assertEquals(modified, resource.modified());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/c", "/c/d"})
  void givenDates_areThoseOfTheResource(String raw) {
    createCollection("/c");
    put("/c/d", "one");
    update(raw, set("p", "1"));
    assertEquals(GivenDates.NONE, find(raw).orElseThrow().givenDates());
    List<Property> properties = find(raw).orElseThrow().deadProperties();
    give(raw, BOTH);
    Resource found = find(raw).orElseThrow();
    assertDates(ANCIENT, OLD, found);
    assertEquals(BOTH, found.givenDates());
    assertEquals(properties, found.deadProperties());
    if (!found.path().isRoot()) {
      Optional<Resource> listed;
      try (Stream<Resource> members = collection(path(raw).parent().toString()).members()) {
        listed = members.filter(it -> it.path().equals(found.path())).findAny();
      }
      assertDates(ANCIENT, OLD, listed.orElseThrow());
    }
  }

  @Test
  void aGivenDate_leavesTheOther() {
    put("/a", "one");
    Instant created = document("/a").created();
    give("/a", GivenDates.ofModified(OLD));
    assertDates(created, OLD, document("/a"));
    assertEquals(GivenDates.ofModified(OLD), document("/a").givenDates());
    give("/a", GivenDates.ofCreated(ANCIENT));
    assertDates(ANCIENT, OLD, document("/a"));
    give("/a", GivenDates.ofModified(ANCIENT));
    assertDates(ANCIENT, ANCIENT, document("/a"));
  }

  @Test
  void aGivenDateOfModification_lastsUntilTheContentChanges() {
    put("/a", "one");
    Instant before = document("/a").modified();
    give("/a", BOTH);
    EntityTag tag = document("/a").entityTag();
    update("/a", set("p", "1"));
    assertDates(ANCIENT, OLD, document("/a"));
    assertEquals(tag, document("/a").entityTag());
    put("/a", "two");
    assertEquals(ANCIENT, document("/a").created());
    assertFalse(document("/a").modified().isBefore(before));
    assertEquals(GivenDates.ofCreated(ANCIENT), document("/a").givenDates());
  }

  @Test
  void aGivenDateOfACollection_lastsUntilItsMembersChange() {
    createCollection("/c");
    put("/c/a", "one");
    give("/c", BOTH);
    put("/c/a", "two");
    update("/c/a", set("p", "1"));
    update("/c", set("p", "1"));
    assertDates(ANCIENT, OLD, collection("/c"));
    put("/c/b", "one");
    assertEquals(GivenDates.ofCreated(ANCIENT), collection("/c").givenDates());
    assertTrue(collection("/c").modified().isAfter(OLD));
    give("/c", BOTH);
    transaction(() -> store().delete(path("/c/b")));
    assertEquals(GivenDates.ofCreated(ANCIENT), collection("/c").givenDates());
  }

  @Test
  void givenDatesRolledBack_areNotGiven() {
    put("/a", "one");
    DateKeeping store = capability(DateKeeping.class);
    assertThrows(
        IllegalStateException.class,
        () ->
            transaction(
                () -> {
                  store.giveDates(path("/a"), BOTH);
                  assertDates(ANCIENT, OLD, document("/a"));
                  throw new IllegalStateException();
                }));
    assertEquals(GivenDates.NONE, document("/a").givenDates());
    assertTrue(document("/a").modified().isAfter(OLD));
  }

  @Test
  void givenDates_areCopiedAndMovedWithTheTree() {
    TreeCopy copier = capability(TreeCopy.class);
    TreeMove mover = capability(TreeMove.class);
    plantTree();
    for (String raw : List.of("/s", "/s/sub", "/s/doc")) {
      give(raw, BOTH);
    }
    give("/s/sub/big", GivenDates.ofModified(OLD));
    copy(copier, "/s", "/t", Depth.INFINITY);
    copy(copier, "/s/doc", "/doc", Depth.ZERO);
    transaction(() -> mover.move(path("/s"), path("/u")));
    for (String raw : List.of("/t", "/t/sub", "/t/doc", "/doc", "/u", "/u/sub", "/u/doc")) {
      assertEquals(BOTH, find(raw).orElseThrow().givenDates(), raw);
      assertDates(ANCIENT, OLD, find(raw).orElseThrow());
    }
    assertEquals(OLD, document("/t/sub/big").modified());
    assertTrue(document("/t/sub/big").created().isAfter(OLD));
    assertEquals(GivenDates.NONE, document("/t/sub/d1").givenDates());
  }

  // ---- for the tests of a store

  protected static ResourcePath path(String raw) {
    return ResourcePath.parse(raw);
  }

  protected static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  protected static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  protected final Optional<Resource> find(String raw) {
    return store().find(path(raw));
  }

  protected final DocumentResource document(String raw) {
    return assertInstanceOf(DocumentResource.class, find(raw).orElseThrow());
  }

  protected final CollectionResource collection(String raw) {
    return assertInstanceOf(CollectionResource.class, find(raw).orElseThrow());
  }

  protected final List<String> names(String raw) {
    try (Stream<Resource> members = collection(raw).members()) {
      return members.map(member -> member.path().name()).toList();
    }
  }

  protected final String text(String raw) {
    return new String(content(raw), StandardCharsets.UTF_8);
  }

  protected final byte[] content(String raw) {
    try {
      return read(document(raw), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected static byte[] read(DocumentResource document, long offset) throws IOException {
    try (InputStream in = document.open(offset, document.length() - offset)) {
      return in.readAllBytes();
    }
  }

  protected final void put(String raw, String text) {
    put(raw, bytes(text), INFO);
  }

  protected final void put(String raw, byte[] content, DocumentInfo info) {
    try (Upload upload = store().receive(new ByteArrayInputStream(content), Progress.NONE)) {
      assertEquals(content.length, upload.length());
      transaction(() -> store().put(path(raw), upload, info));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  protected final void createCollection(String raw) {
    transaction(() -> store().createCollection(path(raw), "alice"));
  }

  protected final void update(String raw, PropertyUpdate... updates) {
    transaction(() -> store().update(path(raw), List.of(updates)));
  }

  protected static PropertyUpdate set(String name, String value) {
    return new PropertyUpdate.Set(property(name, value));
  }

  protected static PropertyUpdate remove(String name) {
    return new PropertyUpdate.Remove(new QName("urn:x", name));
  }

  protected static Property property(String name, String value) {
    return new Property(new QName("urn:x", name), "<p xmlns='urn:x'>" + value + "</p>");
  }

  protected final void transaction(Runnable step) {
    store()
        .transaction(
            () -> {
              step.run();
              return null;
            });
  }

  protected final void copy(TreeCopy copier, String from, String to, Depth depth) {
    try (StagedTree staged = copier.stage(path(from), depth, "bob", Progress.NONE)) {
      transaction(() -> staged.attach(path(to)));
    }
  }

  /** The store as one that can do that; a store that cannot skips the test. */
  protected final <T> T capability(Class<T> type) {
    assumeTrue(type.isInstance(store()), "the store is no " + type.getSimpleName());
    return type.cast(store());
  }

  /** A tree at /s: two levels, small and big documents, properties. */
  protected final void plantTree() {
    createCollection("/s");
    update("/s", set("p", "of s"));
    createCollection("/s/sub");
    createCollection("/s/sub/empty");
    put("/s/doc", "document");
    update("/s/doc", set("p", "1"));
    put("/s/sub/big", BIG, INFO);
    for (int i = 0; i < 20; i++) {
      put("/s/sub/d" + i, "content " + i);
    }
  }

  /** Every path below, relative, with the content of documents. */
  protected final TreeMap<String, String> tree(String raw) {
    TreeMap<String, String> tree = new TreeMap<>();
    collect(collection(raw), path(raw), tree);
    return tree;
  }

  private void collect(
      CollectionResource collection, ResourcePath top, TreeMap<String, String> to) {
    try (Stream<Resource> members = collection.members()) {
      members.forEach(
          member -> {
            String relative = member.path().rebase(top, ResourcePath.ROOT).toString();
            if (member instanceof CollectionResource below) {
              to.put(relative, "collection");
              collect(below, top, to);
            } else {
              to.put(relative, text(member.path().toString()));
            }
          });
    }
  }

  protected static Progress counting(long[] bytes) {
    return new Progress() {
      @Override
      public void expect(long total) {}

      @Override
      public void member(ResourcePath current) {}

      @Override
      public void bytes(long count) {
        bytes[0] += count;
      }
    };
  }

  protected static Progress cancelledAfter(int members) {
    return new Progress() {
      private int left = members;

      @Override
      public void expect(long total) {}

      @Override
      public void member(ResourcePath current) {
        step();
      }

      @Override
      public void bytes(long count) {
        step();
      }

      private void step() {
        if (left-- <= 0) {
          throw new DavException(Status.SERVICE_UNAVAILABLE, "cancelled");
        }
      }
    };
  }

  private static InputStream breakingOff(int length, IOException with) {
    InputStream good = new ByteArrayInputStream(bytes(length, 7));
    return new InputStream() {
      @Override
      public int read() throws IOException {
        int next = good.read();
        if (next < 0) {
          throw with;
        }
        return next;
      }

      @Override
      public int read(byte[] buffer, int offset, int count) throws IOException {
        int read = good.read(buffer, offset, count);
        if (read < 0) {
          throw with;
        }
        return read;
      }
    };
  }
}
