package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.flip;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.store.DocumentResource;

/** Whoever got all of some content got what was stored, whatever became of its file meanwhile. */
class DamagedContentTest {
  private static final int SHORT = 300_000;
  private static final int LONG = 9 * 1024 * 1024; // checked while it is read

  @TempDir Path home;
  private TestRepository repository;

  @BeforeEach
  void open() {
    repository = new TestRepository(home);
  }

  @AfterEach
  void close() {
    repository.close();
  }

  /** The server stops and starts: nothing is known to be right any more. */
  private void restart() {
    close();
    open();
  }

  private Path only() {
    return repository.blobs().get(0);
  }

  private void damage(String how) throws IOException {
    Path file = only();
    switch (how) {
      case "first bit" -> flip(file, 0);
      case "last bit" -> flip(file, Files.size(file) - 1);
      case "bit, time set back" -> {
        FileTime before = Files.getLastModifiedTime(file);
        flip(file, 1000);
        Files.setLastModifiedTime(file, before);
      }
      case "cut" -> {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.setLength(bytes.length() - 1);
        }
      }
      case "emptied" -> Files.write(file, new byte[0]);
      case "removed" -> Files.delete(file);
      case "renamed" -> Files.move(file, file.resolveSibling(file.getFileName() + "x"));
      case "another" -> {
        Path other = Files.write(home.resolve("other"), content((int) Files.size(file), 99));
        Files.delete(file);
        Files.move(other, file);
      }
      case "a folder" -> {
        Files.delete(file);
        Files.createDirectory(file);
      }
      case "a pipe" -> {
        Files.delete(file);
        CheckTest.makePipe(file);
      }
      case "a link to itself" -> {
        Files.delete(file);
        Files.createSymbolicLink(file, file);
      }
      case "a link to nothing" -> {
        Files.delete(file);
        Files.createSymbolicLink(file, home.resolve("nothing"));
      }
      default -> throw new IllegalArgumentException(how);
    }
  }

  private byte[] read(String raw, long first, long count) throws IOException {
    DocumentResource document = (DocumentResource) repository.store.find(path(raw)).orElseThrow();
    try (InputStream in = document.open(first, count)) {
      return in.readAllBytes();
    }
  }

  private byte[] readAsFile(String raw) throws IOException {
    DocumentResource document = (DocumentResource) repository.store.find(path(raw)).orElseThrow();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer window = ByteBuffer.allocate(60_000);
    try (InputStream in = document.open(0, document.length())) {
      ReadableByteChannel file = (ReadableByteChannel) in;
      while (file.read(window.clear()) >= 0) {
        all.write(window.array(), 0, window.position());
      }
    }
    return all.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "first bit",
    "last bit",
    "'bit, time set back'",
    "cut",
    "emptied",
    "removed",
    "renamed",
    "another",
    "a folder",
    "a pipe",
    "a link to itself",
    "a link to nothing"
  })
  @Timeout(60) // what waits for a pipe waits for ever
  void damagedFile_isNeverReadToItsEnd(String how) throws IOException {
    for (int length : new int[] {SHORT, LONG}) {
      for (boolean checkedBefore : new boolean[] {true, false}) {
        byte[] content = content(length, length + (checkedBefore ? 1 : 0));
        repository.put("/d", content);
        repository.sweepAfterGrace(); // of the content before, so that there is but one file
        assertEquals(length, read("/d", 0, length).length);
        damage(how);
        if (!checkedBefore) {
          restart();
        }
        long refused = repository.store.repository().refused();
        String name = how + ", " + length + ", checked before: " + checkedBefore;
        assertEquals(500, failure(() -> read("/d", 0, length)), name);
        assertEquals(500, failure(() -> readAsFile("/d")), name);
        assertEquals(500, failure(() -> read("/d", 5, 10)), name);
        assertEquals(500, failure(() -> read("/d", length - 1, 1)), name);
        assertEquals(500, failure(() -> repository.copy("/d", "/copy")), name);
        assertFalse(repository.exists("/copy"), name);
        assertEquals(refused + 5, repository.store.repository().refused(), name);
        repository.put("/healer", content);
        assertArrayEquals(content, read("/d", 0, length), name + ", put again");
        repository.transaction(() -> repository.store.delete(path("/healer")));
      }
    }
  }

  @Test
  void fileWithOtherRightsOrAnotherLink_isRightStill() throws IOException {
    byte[] content = content(LONG, 1);
    repository.put("/d", content);
    Files.createLink(home.resolve("backup"), only());
    assertArrayEquals(content, read("/d", 0, LONG));
    Files.setPosixFilePermissions(only(), PosixFilePermissions.fromString("r--------"));
    assertArrayEquals(content, read("/d", 0, LONG));
  }

  @Test
  void fileThatChangesWhileItIsRead_isNotReadToItsEnd() throws IOException {
    repository.put("/d", content(LONG, 1));
    DocumentResource document = (DocumentResource) repository.store.find(path("/d")).orElseThrow();
    try (InputStream in = document.open(0, LONG)) {
      in.readNBytes(LONG / 2);
      flip(only(), LONG - 1);
      assertEquals(500, failure(in::readAllBytes));
    }
  }

  @Test
  void fileTakenAwayWhileItIsRead_isReadToItsEndWhereItWasRight() throws IOException {
    byte[] content = content(LONG, 1);
    repository.put("/d", content);
    DocumentResource document = (DocumentResource) repository.store.find(path("/d")).orElseThrow();
    try (InputStream in = document.open(0, LONG)) {
      in.readNBytes(LONG / 2);
      Files.delete(only());
      assertEquals(LONG - LONG / 2, in.readAllBytes().length);
    }
  }

  @Test
  void restoredFile_isReadAgainWithoutARestart() throws IOException {
    byte[] content = content(SHORT, 1);
    repository.put("/d", content);
    Files.copy(only(), home.resolve("backup"));
    damage("first bit");
    assertEquals(500, failure(() -> read("/d", 0, SHORT)));
    Path file = only();
    Files.delete(file);
    Files.copy(home.resolve("backup"), file);
    assertArrayEquals(content, read("/d", 0, SHORT));
  }

  @Test
  void copyOfADocument_readsWhatIsNotKnownToBeRight_andCanBeCancelled() {
    repository.put("/d", content(LONG, 1));
    restart();
    long[] read = {0};
    Progress cancelled =
        new Progress() {
          @Override
          public void expect(long total) {}

          @Override
          public void member(ResourcePath current) {}

          @Override
          public void bytes(long count) {
            read[0] += count;
            throw new DavException(Status.SERVICE_UNAVAILABLE, "cancelled");
          }
        };
    assertEquals(503, failure(() -> copy(cancelled)));
    assertTrue(0 < read[0] && read[0] < LONG, () -> read[0] + " bytes read");
    repository.copy("/d", "/copy");
    copy(cancelled); // known to be right by now
    repository.sweepAfterGrace();
    repository.assertSwept();
  }

  private void copy(Progress progress) {
    repository.store.stage(path("/d"), Depth.ZERO, "bob", progress).close();
  }

  @Test
  void rightFile_isNotWrittenAgain() throws IOException {
    repository.put("/d", content(SHORT, 1));
    FileIdentity before = FileIdentity.of(only());
    repository.put("/e", content(SHORT, 1));
    assertEquals(before, FileIdentity.of(only()));
    restart();
    read("/d", 0, SHORT);
    repository.put("/e", content(SHORT, 1));
    assertEquals(before, FileIdentity.of(only()));
  }

  /** Damage that SQLite cannot see: the rows are well-formed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE content SET bytes = zeroblob(length)",
        "UPDATE content SET bytes = NULL",
        "UPDATE content SET length = length - 1",
        "UPDATE content SET sha256 = replace(sha256, substr(sha256, 1, 4), 'abcd')",
        "UPDATE content SET sha256 = replace(sha256, substr(sha256, 40, 4), 'abcd')",
        "UPDATE resource SET length = length + 1 WHERE content IS NOT NULL",
        "UPDATE resource SET entity_tag = 'abcd' WHERE content IS NOT NULL",
      })
  void damagedRow_isRefused(String damage) {
    byte[] content = content(1000, 1);
    repository.put("/d", content);
    repository.database.write(session -> session.update(damage));
    assertEquals(500, failure(() -> read("/d", 0, 1000)));
    assertEquals(500, failure(() -> repository.copy("/d", "/copy")));
    restart();
    assertEquals(500, failure(() -> read("/d", 0, 1000)));
    repository.put("/d", content);
    assertArrayEquals(content, repository.read("/d"), "put again");
  }

  @Test
  void documentOfOtherContent_isRefused() {
    repository.put("/a", content(1000, 1));
    repository.put("/b", content(1000, 2));
    String crossed =
        "UPDATE resource SET content = 3 - content WHERE content IN (1, 2)"; // ids as handed out
    int rows = repository.database.write(session -> session.update(crossed));
    assertEquals(2, rows);
    assertEquals(500, failure(() -> read("/a", 0, 1000)));
    assertEquals(500, failure(() -> read("/b", 0, 1000)));
  }

  private static int failure(Executable reading) {
    return assertThrows(DavException.class, reading).status().code();
  }
}
