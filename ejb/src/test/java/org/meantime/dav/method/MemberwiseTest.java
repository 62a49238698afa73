package org.meantime.dav.method;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.method.Pipeline.code;
import static org.meantime.dav.method.Pipeline.token;

import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.Depth;
import org.meantime.dav.EntityTag;
import org.meantime.dav.IfHeader;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.StorageException;
import org.meantime.dav.lock.MemoryLockTable;
import org.meantime.dav.operation.RecordedReply;
import org.meantime.dav.request.Conditions;
import org.meantime.dav.request.Conditions.TagList;
import org.meantime.dav.request.CopyRequest;
import org.meantime.dav.request.DavRequest;
import org.meantime.dav.request.DeleteRequest;
import org.meantime.dav.request.MkcolRequest;
import org.meantime.dav.request.MoveRequest;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.MemoryStore;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Upload;

/**
 * Trees member by member: what others do between two steps is found by the next, and a member that
 * fails stops no other.
 */
class MemberwiseTest {
  private static final String TREE = "/c";

  private final Meddled store = new Meddled();
  private final Pipeline dav = new Pipeline(store, new MemoryLockTable(), Clock.systemUTC());
  private final Pipeline bob = dav.as("bob");

  /** Two documents and, below, a third; something elsewhere; in the order of their names. */
  @BeforeEach
  void fill() {
    assertAll(
        () -> assertEquals(201, dav.mkcol("/c")),
        () -> assertEquals(201, dav.put("/c/a", "a")),
        () -> assertEquals(201, dav.mkcol("/c/m")),
        () -> assertEquals(201, dav.put("/c/m/b", "b")),
        () -> assertEquals(201, dav.put("/c/z", "z")),
        () -> assertEquals(201, dav.put("/d", "d")));
  }

  private RecordedReply send(String method, String path) {
    return send(dav, method, path);
  }

  /** COPY and MOVE go to {@code /n}. */
  private static RecordedReply send(Pipeline dav, String method, String path) {
    ResourcePath to = ResourcePath.parse("/n");
    DavRequest request =
        switch (method) {
          case "COPY" ->
              new CopyRequest(dav.head(path), to, Depth.INFINITY, true, Optional.empty());
          case "MOVE" ->
              new MoveRequest(dav.head(path), to, Depth.INFINITY, true, Optional.empty());
          case "DELETE" -> new DeleteRequest(dav.head(path), Depth.INFINITY);
          default -> throw new IllegalArgumentException(method);
        };
    return dav.send(request);
  }

  /** The 207 is of those alone, each with that status. */
  private static void assertFailed(RecordedReply reply, int status, String... hrefs) {
    assertEquals(207, code(reply));
    String body = reply.body();
    assertEquals(hrefs.length, body.split("<D:response>", -1).length - 1, body);
    for (String href : hrefs) {
      assertTrue(body.contains("<D:href>/dav" + href + "</D:href>"), href + " in " + body);
    }
    assertEquals(hrefs.length, body.split("HTTP/1.1 " + status, -1).length - 1, body);
  }

  private void assertContent(String path, String content) {
    RecordedReply reply = dav.get(path);
    assertEquals(200, code(reply), path);
    assertEquals(content, reply.body(), path);
  }

  private void assertNothing(String... paths) {
    for (String path : paths) {
      assertEquals(404, code(dav.get(path)), path);
    }
  }

  @ParameterizedTest(name = "{0} {1}, locked just before the first step: {2}")
  @CsvSource({
    "DELETE, /d, /d, 423",
    "DELETE, /c, /c, 423",
    "DELETE, /c, /c/m/b, 207",
    "DELETE, /d, /, 423",
    "MOVE, /d, /d, 423",
    "MOVE, /c, /c/m/b, 207",
    "MOVE, /d, /n, 423",
    "COPY, /d, /n, 423",
    "COPY, /d, /, 423",
  })
  void aLockGrantedBeforeTheFirstStep_stopsItAll(
      String method, String path, String locked, int expected) {
    store.before(1, () -> token(bob.lock(locked, true, Depth.ZERO)));
    RecordedReply reply = send(method, path);
    assertEquals(expected, code(reply));
    assertContent("/d", "d");
    assertContent("/c/a", "a");
    assertContent("/c/m/b", "b");
    assertContent("/c/z", "z");
    assertEquals(locked.equals("/n") ? 200 : 404, code(dav.get("/n")));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({"DELETE, /d, 412", "MOVE, /d, 412", "COPY, /d, 412"})
  void aConditionBrokenBeforeTheStep_isFound(String method, String path, int expected) {
    EntityTag tag = EntityTag.parse(dav.get(path).header("ETag").orElseThrow());
    store.before(1, () -> assertEquals(204, bob.put(path, "changed")));
    Conditions ifMatch =
        new Conditions(
            Optional.of(new TagList(false, List.of(tag))),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            IfHeader.NONE,
            Map.of());
    assertEquals(expected, code(send(dav.with(ifMatch), method, path)));
    assertContent(path, "changed");
    assertNothing("/n");
  }

  @ParameterizedTest
  @CsvSource({"COPY", "MOVE"})
  void whatCameToTheDestination_isNotReplacedUnasked(String method) {
    store.before(1, () -> assertEquals(201, bob.put("/n", "mine")));
    ResourcePath to = ResourcePath.parse("/n");
    assertEquals(
        412,
        method.equals("COPY")
            ? dav.copy("/d", "/n", Depth.INFINITY, false)
            : dav.move("/d", "/n", false));
    assertContent(to.toString(), "mine");
    assertContent("/d", "d");
  }

  @Test
  void aLockGrantedBetweenTwoSteps_keepsThatMemberAndItsAncestors() {
    store.before(2, () -> token(bob.lock("/c/m/b", true, Depth.ZERO)));
    assertFailed(send("DELETE", TREE), 423, "/c/m/b");
    assertNothing("/c/a", "/c/z");
    assertContent("/c/m/b", "b");
  }

  @Test
  void aLockGrantedBetweenTwoSteps_keepsWhatIsToMove() {
    store.before(3, () -> token(bob.lock("/c/m/b", true, Depth.ZERO)));
    assertFailed(send("MOVE", TREE), 423, "/c/m/b");
    assertNothing("/c/a", "/c/z", "/n/m/b");
    assertContent("/c/m/b", "b");
    assertContent("/n/a", "a");
    assertContent("/n/z", "z");
  }

  @Test
  void aLockOfACollectionGrantedBetweenTwoSteps_keepsItsMembers() {
    store.before(2, () -> token(bob.lock("/c/m", true, Depth.ZERO)));
    assertFailed(send("DELETE", TREE), 423, "/c/m/b");
    assertContent("/c/m/b", "b");
  }

  @Test
  void theIfHeaderOfAMember_holdsUntilItsStep() {
    String tag = dav.get("/c/z").header("ETag").orElseThrow();
    Pipeline conditional = dav.withIf("</dav/c/z> ([" + tag + "])");
    store.before(2, () -> assertEquals(204, bob.put("/c/z", "changed")));
    assertFailed(send(conditional, "DELETE", TREE), 412, "/c/m/b", "/c/z");
    assertContent("/c/z", "changed");
  }

  @Test
  void whatTheRequestChangedItself_breaksNoConditionOfIts() {
    String token = token(dav.lock("/c/a", true, Depth.ZERO));
    String tag = dav.get("/c/a").header("ETag").orElseThrow();
    Pipeline conditional = dav.withIf("</dav/c/a> (" + token + " [" + tag + "])");
    assertEquals(201, code(send(conditional, "MOVE", TREE)));
    assertContent("/n/a", "a");
    assertNothing("/c");
  }

  @Test
  void aMemberThatChangesWhileItMoves_isNotLost() {
    store.reading("/c/a", () -> assertEquals(204, bob.put("/c/a", "newer")));
    assertFailed(send("MOVE", TREE), 409, "/c/a");
    assertContent("/c/a", "newer");
    assertNothing("/n/a", "/c/z");
    assertContent("/n/z", "z");
  }

  @Test
  void aDocumentThatChangesWhileItMoves_isNotLost() {
    store.reading("/d", () -> assertEquals(204, bob.put("/d", "newer")));
    assertEquals(409, code(send("MOVE", "/d")));
    assertContent("/d", "newer");
    assertNothing("/n");
  }

  @ParameterizedTest(name = "{0}: after {1} steps")
  @CsvSource({"DELETE, 2", "MOVE, 4"})
  void aMemberThatComesMeanwhile_isNotLost(String method, int steps) {
    store.before(steps + 1, () -> assertEquals(201, bob.put("/c/m/new", "new")));
    assertFailed(send(method, TREE), 409, "/c/m/");
    assertContent("/c/m/new", "new");
    assertNothing("/c/a", "/c/z");
  }

  @Test
  void whatComesIntoACopyMeanwhile_isNotReplaced() {
    store.before(2, () -> assertEquals(201, bob.put("/n/a", "mine")));
    assertFailed(send("COPY", TREE), 409, "/n/a");
    assertContent("/n/a", "mine");
    assertContent("/n/z", "z");
  }

  @ParameterizedTest(name = "{0}, known to the store: {1}")
  @CsvSource({"COPY, true", "COPY, false", "MOVE, true", "MOVE, false"})
  void anUnreadableMember_isToldOf_andTheOthersAreDone(String method, boolean known) {
    store.reading("/c/m/b", () -> Meddled.fail(known));
    assertFailed(send(method, TREE), 500, "/c/m/b");
    assertContent("/n/a", "a");
    assertContent("/n/z", "z");
    assertNothing("/n/m/b");
    assertContent("/c/m/b", "b");
    assertEquals(method.equals("MOVE") ? 404 : 200, code(dav.get("/c/z")));
  }

  @ParameterizedTest
  @CsvSource({"COPY", "MOVE"})
  void anUnreadableDocument_replacesNothing(String method) {
    assertEquals(201, dav.put("/n", "old"));
    store.reading("/d", () -> Meddled.fail(false));
    assertEquals(500, code(send(method, "/d")));
    assertContent("/n", "old");
  }

  @ParameterizedTest
  @CsvSource({"COPY, /n/m/b, /n/m/b", "MOVE, /n/m/b, /c/m/b", "DELETE, /c/m/b, /c/m/b"})
  void aMemberTheStoreFailsAt_isToldOf_andTheOthersAreDone(
      String method, String changed, String failing) {
    store.changing(changed, () -> Meddled.fail(true));
    assertFailed(send(method, TREE), 500, failing);
    if (method.equals("DELETE")) {
      assertNothing("/c/a", "/c/z");
    } else {
      assertContent("/n/z", "z");
    }
    assertContent("/c/m/b", "b");
  }

  @ParameterizedTest
  @CsvSource({"COPY", "MOVE", "DELETE"})
  void aCollectionThatCannotBeListed_isToldOf_andTheOthersAreDone(String method) {
    store.reading("/c/m", () -> Meddled.fail(true));
    assertFailed(send(method, TREE), 500, "/c/m/");
    assertContent("/c/m/b", "b");
    assertEquals(method.equals("COPY") ? 200 : 404, code(dav.get("/c/z")));
  }

  @ParameterizedTest(name = "PROPPATCH of {0} {1}: {2}")
  @CsvSource({
    "DAV:, getlastmodified, 403 Forbidden",
    "DAV:, creationdate, 403 Forbidden",
    "DAV:, lastmodified, 200 OK",
    "urn:schemas-microsoft-com:, Win32LastModifiedTime, 200 OK",
    "urn:schemas-microsoft-com:, Win32CreationTime, 200 OK",
  })
  void aStoreThatKeepsNoDates_hasDeadOnesAndItsOwn(String namespace, String local, String told) {
    QName name = new QName(namespace, local);
    String xml = "<x:" + local + " xmlns:x=\"" + namespace + "\">some day</x:" + local + ">";
    RecordedReply reply =
        dav.propertyUpdate("/d", List.of(new PropertyUpdate.Set(new Property(name, xml))));
    assertTrue(reply.body().contains(told), reply.body());
    String found = dav.propfind("/d", Depth.ZERO, new Named(List.of(name))).body();
    assertEquals(told.startsWith("200"), found.contains("some day"), found);
  }

  @Test
  void aStoreThatKeepsNoDates_acceptsNone() {
    Pipeline old = dav.at(Instant.EPOCH);
    assertEquals(204, old.put("/d", "e"));
    assertEquals(201, old.mkcol("/n"));
    Named modified = new Named(List.of(new QName("DAV:", "getlastmodified")));
    String found = dav.propfind("/", Depth.INFINITY, modified).body();
    assertFalse(found.contains("1970"), found);
    assertTrue(
        old.send(new MkcolRequest(dav.head("/m"), Optional.of(Instant.EPOCH)))
            .header("X-OC-Mtime")
            .isEmpty());
  }

  /** Between whose steps, and at whose members, something happens. */
  private static final class Meddled implements Store {
    private final MemoryStore store = new MemoryStore(Clock.systemUTC());
    private final Map<ResourcePath, Event> reading = new HashMap<>();
    private final Map<ResourcePath, Event> changing = new HashMap<>();
    private Runnable meddle = () -> {};
    private int left = Integer.MAX_VALUE;

    @FunctionalInterface
    private interface Event {
      void happen() throws IOException;
    }

    /** Before that transaction from now on, the first being 1. */
    void before(int transaction, Runnable meddle) {
      this.meddle = meddle;
      left = transaction;
    }

    /** When the content, or the members, of that resource are read, once. */
    void reading(String path, Event event) {
      reading.put(ResourcePath.parse(path), event);
    }

    /** When that resource comes or goes, once. */
    void changing(String path, Event event) {
      changing.put(ResourcePath.parse(path), event);
    }

    /** As a disk does; some stores know it for a fault of theirs. */
    static void fail(boolean known) throws IOException {
      IOException e = new IOException("a fault was injected");
      if (known) {
        throw new StorageException("a fault was injected", e);
      }
      throw e;
    }

    private static void happen(Map<ResourcePath, Event> events, ResourcePath path) {
      try {
        read(events, path);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    private static void read(Map<ResourcePath, Event> events, ResourcePath path)
        throws IOException {
      Event event = events.remove(path);
      if (event != null) {
        event.happen();
      }
    }

    private Resource met(Resource resource) {
      return resource instanceof DocumentResource document
          ? new Document(document, reading)
          : new Collection((CollectionResource) resource, this);
    }

    @Override
    public Optional<Resource> find(ResourcePath path) {
      return store.find(path).map(this::met);
    }

    @Override
    public <T> T transaction(Supplier<T> step) {
      left--;
      if (left == 0) {
        meddle.run();
      }
      return store.transaction(step);
    }

    @Override
    public Upload receive(InputStream body, Progress progress) throws IOException {
      return store.receive(body, progress);
    }

    private void change(ResourcePath path) {
      happen(changing, path);
    }

    @Override
    public void put(ResourcePath path, Upload upload, DocumentInfo info) {
      change(path);
      store.put(path, upload, info);
    }

    @Override
    public void createCollection(ResourcePath path, String creator) {
      change(path);
      store.createCollection(path, creator);
    }

    @Override
    public void update(ResourcePath path, List<PropertyUpdate> updates) {
      store.update(path, updates);
    }

    @Override
    public void delete(ResourcePath path) {
      change(path);
      store.delete(path);
    }
  }

  private record Collection(CollectionResource it, Meddled store) implements CollectionResource {
    @Override
    public Stream<Resource> members() {
      Meddled.happen(store.reading, path());
      try (Stream<Resource> members = it.members()) {
        return members
            .sorted(Comparator.comparing(Resource::path))
            .map(store::met)
            .toList()
            .stream();
      }
    }

    @Override
    public ResourcePath path() {
      return it.path();
    }

    @Override
    public Instant created() {
      return it.created();
    }

    @Override
    public Instant modified() {
      return it.modified();
    }

    @Override
    public Optional<String> creator() {
      return it.creator();
    }

    @Override
    public List<Property> deadProperties() {
      return it.deadProperties();
    }
  }

  private record Document(DocumentResource it, Map<ResourcePath, Meddled.Event> reading)
      implements DocumentResource {
    @Override
    public InputStream open(long first, long count) throws IOException {
      Meddled.read(reading, path());
      return it.open(first, count);
    }

    @Override
    public ResourcePath path() {
      return it.path();
    }

    @Override
    public long length() {
      return it.length();
    }

    @Override
    public EntityTag entityTag() {
      return it.entityTag();
    }

    @Override
    public Optional<String> contentType() {
      return it.contentType();
    }

    @Override
    public Optional<String> contentLanguage() {
      return it.contentLanguage();
    }

    @Override
    public Instant created() {
      return it.created();
    }

    @Override
    public Instant modified() {
      return it.modified();
    }

    @Override
    public Optional<String> creator() {
      return it.creator();
    }

    @Override
    public List<Property> deadProperties() {
      return it.deadProperties();
    }
  }
}
