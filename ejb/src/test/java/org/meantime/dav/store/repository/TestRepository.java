package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Maintained;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Upload;

/** An open repository with a clock that is set by hand, and what tests do with it. */
final class TestRepository implements AutoCloseable {
  static final Duration GRACE = Duration.ofMinutes(5);

  final Database database;
  final RepositoryStore store;
  private final AtomicLong millis =
      new AtomicLong(Instant.parse("2030-01-01T00:00:00Z").toEpochMilli());

  TestRepository(Path home) {
    this(home, GRACE);
  }

  TestRepository(Path home, Duration grace) {
    this(home, grace, () -> 100);
  }

  TestRepository(Path home, Duration grace, LongSupplier share) {
    database = new Database(home);
    InstantSource source = () -> Instant.ofEpochMilli(millis.get());
    store = new RepositoryStore(database, source.withZone(ZoneOffset.UTC), grace, share);
  }

  void pass(Duration time) {
    millis.addAndGet(time.toMillis());
  }

  /** All that the background would do in time, done now. */
  void sweepAfterGrace() {
    store.sweeper().sweep();
    pass(GRACE.plusSeconds(1));
    store.sweeper().sweep();
  }

  static ResourcePath path(String raw) {
    return ResourcePath.parse(raw);
  }

  static byte[] content(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  void transaction(Runnable step) {
    store.transaction(
        () -> {
          step.run();
          return null;
        });
  }

  void put(String raw, byte[] content) {
    try (Upload upload = receive(content)) {
      transaction(() -> put(raw, upload));
    }
  }

  void put(String raw, Upload upload) {
    store.put(path(raw), upload, new DocumentInfo("text/plain", "", "alice"));
  }

  Upload receive(byte[] content) {
    try {
      return store.receive(new ByteArrayInputStream(content), Progress.NONE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void createCollection(String raw) {
    transaction(() -> store.createCollection(path(raw), "alice"));
  }

  void copy(String from, String to) {
    try (StagedTree staged = store.stage(path(from), Depth.INFINITY, "bob", Progress.NONE)) {
      transaction(() -> staged.attach(path(to)));
    }
  }

  boolean exists(String raw) {
    return store.find(path(raw)).isPresent();
  }

  byte[] read(String raw) {
    DocumentResource document = (DocumentResource) store.find(path(raw)).orElseThrow();
    try (InputStream in = document.open(0, document.length())) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many resources there are below that one. */
  long countBelow(String raw) {
    return store.count(path(raw), Depth.INFINITY) - 1;
  }

  long number(String sql) {
    return database.read(session -> session.number(sql));
  }

  List<Path> blobs() {
    try (Stream<Path> files = Files.walk(database.home().blobs())) {
      return files.filter(file -> Blobs.isHash(file.getFileName().toString())).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path blob(String sha256) {
    return new Blobs(database.home(), hash -> true, new ContentChecks()).file(sha256);
  }

  long incoming() {
    try (Stream<Path> files = Files.list(database.home().incoming())) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the task of maintenance that was begun comes to. */
  Maintained.Task ended() {
    store.maintenance().join();
    return store.task().orElseThrow();
  }

  /** What a check finds, kind by kind. */
  List<String> findings(String... repairs) {
    store.check(Set.of(repairs));
    Maintained.Task task = ended();
    assertTrue(
        Set.of(Maintained.State.CLEAN, Maintained.State.FINDINGS).contains(task.state()),
        task::toString);
    return task.first();
  }

  /** What holds at any moment. */
  void assertSound() {
    transaction(this::assertSoundNow); // so that the background does not come between
  }

  private void assertSoundNow() {
    assertEquals(0, rows("PRAGMA foreign_key_check"), "references that lead nowhere");
    assertEquals(1, rows("PRAGMA integrity_check"));
    long reachable =
        3 + below(ResourceTable.ROOT) + below(ResourceTable.TRASH) + below(ResourceTable.STAGING);
    assertEquals(number("SELECT COUNT(*) FROM resource"), reachable, "resources not in the tree");
    assertEquals(
        0,
        number(
            "SELECT COUNT(*) FROM content WHERE NOT EXISTS (SELECT 1 FROM resource WHERE"
                + " resource.content = content.id) AND NOT EXISTS (SELECT 1 FROM orphan WHERE"
                + " orphan.content = content.id)"),
        "content that nothing would sweep");
    assertEquals(
        0,
        number(
            "SELECT COUNT(*) FROM resource JOIN content ON content.id = resource.content WHERE"
                + " resource.length <> content.length OR resource.entity_tag <>"
                + " substr(content.sha256, 1, 32)"),
        "documents that misstate their content");
    assertFilesSound();
  }

  /** What is recalled of a path is what the database has, inside a transaction and outside. */
  void assertRecalled(ResourcePath path) {
    Recalled<Optional<Row>> at = new ResourceTable.At(path);
    transaction(() -> assertEquals(database.read(at::read), database.recall(at)));
    // nobody commits while this one does not
    transaction(() -> CompletableFuture.runAsync(() -> assertRecalledOutside(at)).join());
  }

  private void assertRecalledOutside(Recalled<Optional<Row>> at) {
    assertEquals(database.read(at::read), database.recall(at));
  }

  private void assertFilesSound() {
    List<String> hashes =
        database.read(
            session ->
                session.list(
                    "SELECT sha256 FROM content WHERE bytes IS NULL", row -> row.getString(1)));
    for (String hash : hashes) {
      assertEquals(hash, sha256(blob(hash)));
    }
  }

  /** As {@link #assertSound}, and that the background has left nothing to reclaim. */
  void assertSwept() {
    assertSound();
    assertEquals(List.of(), findings());
    assertEquals(0, below(ResourceTable.TRASH), "in the trash");
    assertEquals(0, below(ResourceTable.STAGING), "staged");
    assertEquals(0, number("SELECT COUNT(*) FROM orphan"), "orphans");
    assertEquals(number("SELECT COUNT(*) FROM content WHERE bytes IS NULL"), blobs().size());
    assertEquals(0, incoming());
  }

  private long below(long id) {
    return database.read(session -> new ResourceTable(session).count(id, Depth.INFINITY));
  }

  private long rows(String sql) {
    return database.read(session -> session.list(sql, row -> row.getString(1))).size();
  }

  static String sha256(Path file) {
    try {
      byte[] content = Files.readAllBytes(file);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Changes one bit of the byte there. */
  static void flip(Path file, long offset) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(offset);
      int before = bytes.read();
      bytes.seek(offset);
      bytes.write(before ^ 4);
    }
  }

  static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    database.close();
  }
}
