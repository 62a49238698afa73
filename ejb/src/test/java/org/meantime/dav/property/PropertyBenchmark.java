package org.meantime.dav.property;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.namespace.QName;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.lock.MemoryLockTable;
import org.meantime.dav.request.PropfindRequest.All;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.MemoryStore;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Upload;
import org.meantime.dav.xml.Response;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a PROPFIND does for each member besides writing it: from the resource to its response. */
@State(Scope.Benchmark)
public class PropertyBenchmark {
  private static final ResourcePath PATH = ResourcePath.parse("/notes.txt");
  private static final Property DEAD =
      new Property(
          new QName("urn:x", "author"), "<x:author xmlns:x=\"urn:x\">Ann Onymous</x:author>");
  private static final List<QName> SIX =
      Stream.of(
              "creationdate",
              "getcontentlength",
              "getcontenttype",
              "getetag",
              "getlastmodified",
              "resourcetype")
          .map(name -> new QName("DAV:", name))
          .toList();

  private Resource plain;
  private Resource withDead;
  private PropertyCollector named;
  private PropertyCollector all;

  @Setup
  public void setUp() throws IOException {
    MemoryStore store = new MemoryStore(Clock.systemUTC());
    Upload content = store.receive(new ByteArrayInputStream(new byte[12345]), Progress.NONE);
    plain = written(store, () -> store.put(PATH, content, new DocumentInfo("text/plain", "", "")));
    withDead = written(store, () -> store.update(PATH, List.of(new PropertyUpdate.Set(DEAD))));
    named = collector(new Named(SIX));
    all = collector(new All(List.of()));
  }

  private static Resource written(MemoryStore store, Runnable change) {
    return store.transaction(
        () -> {
          change.run();
          return store.find(PATH).orElseThrow();
        });
  }

  private PropertyCollector collector(Selection selection) {
    LockManager locks =
        new LockManager(
            new MemoryLockTable(), Clock.systemUTC(), new Settings(key -> Optional.empty()));
    return new PropertyCollector(
        selection,
        new PropertyContext(
            plain,
            locks.view(ResourcePath.ROOT, Depth.ONE),
            path -> Optional.empty(),
            (path, collection) -> "/dav" + path.toString(collection)));
  }

  @Benchmark
  public Response sixLiveProperties() {
    return named.collect(plain);
  }

  @Benchmark
  public Response allOfThem() {
    return all.collect(plain);
  }

  @Benchmark
  public Response allAndADeadOne() {
    return all.collect(withDead);
  }
}
