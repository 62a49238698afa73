package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was there before must be there, and is nobody else's to read. */
class HomeTest {
  private static final byte[] BIG = content(100_000, 1);

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void fill() {
    home = folder.resolve("home");
    try (TestRepository repository = new TestRepository(home)) {
      repository.put("/big", BIG);
      repository.put("/small", content(10, 2));
    }
  }

  private String refused() {
    return assertThrows(IllegalStateException.class, () -> new TestRepository(home)).getMessage();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(home)) {
      return files.map(home::relativize).map(Path::toString).sorted().toList();
    }
  }

  private void assertBigIsThere() {
    try (TestRepository repository = new TestRepository(home)) {
      assertArrayEquals(BIG, repository.read("/big"));
      repository.assertSound();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "empty"})
  void databaseLostBesideItsContents_isRefusedAndNothingIsDeleted(String how) throws IOException {
    Path database = home.resolve("meantime.db");
    Path saved = folder.resolve("saved");
    Files.move(database, saved);
    if (how.equals("empty")) {
      Files.createFile(database);
    }
    List<String> before = files();
    assertTrue(refused().contains("meantime.db"));
    assertEquals(before, files());
    Files.move(saved, database, StandardCopyOption.REPLACE_EXISTING);
    assertBigIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"no folder", "an empty folder"})
  void nothingThereAndNotAskedToCreate_isRefusedAndNothingIsMade(String what) throws IOException {
    Path missing = folder.resolve("missing");
    if (what.equals("an empty folder")) {
      Files.createDirectory(missing); // the mount point without its mount
    }
    String said =
        assertThrows(
                IllegalStateException.class, () -> new Database(missing, Home.Creation.REFUSED))
            .getMessage();
    assertTrue(said.contains("meantime.store.create"), said);
    assertTrue(!Files.exists(missing) || missing.toFile().list().length == 0);
  }

  @Test
  void homeThatIsThere_opensWithoutBeingAskedToCreate() {
    new Database(home, Home.Creation.REFUSED).close();
    assertBigIsThere();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gone", "empty", "of another home"})
  void contentsLostOrOfAnotherHome_areRefused(String how) throws IOException {
    Path blobs = home.resolve("blobs");
    Path saved = folder.resolve("saved");
    Files.move(blobs, saved);
    if (how.equals("empty")) {
      Files.createDirectory(blobs);
    } else if (how.equals("of another home")) {
      try (TestRepository other = new TestRepository(folder.resolve("other"))) {
        other.put("/other", content(100_000, 5));
      }
      Files.move(folder.resolve("other/blobs"), blobs);
    }
    assertTrue(refused().contains("do not belong together"));
    try (Stream<Path> left = Files.walk(blobs)) {
      left.sorted((a, b) -> b.compareTo(a)).forEach(HomeTest::delete);
    }
    Files.move(saved, blobs);
    assertBigIsThere();
  }

  private static void delete(Path path) {
    assertTrue(path.toFile().delete());
  }

  @Test
  void homeOfABuildWithoutIds_getsOne() throws IOException {
    try (TestRepository repository = new TestRepository(home)) {
      repository.database.write(session -> session.update("DELETE FROM repository"));
    }
    Files.delete(home.resolve("blobs/meantime.id"));
    assertBigIsThere();
    assertTrue(Files.exists(home.resolve("blobs/meantime.id")));
  }

  @Test
  void idAlreadyWritten_whenACrashKeptItFromTheDatabase_isTaken() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.database.write(session -> session.update("DELETE FROM repository"));
    }
    assertBigIsThere();
  }

  @Test
  void whateverTheModes_nobodyElseMayReadAfterTheStart() throws IOException {
    try (TestRepository repository = new TestRepository(home)) {
      repository.put("/more", content(100_000, 7));
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.setPosixFilePermissions(
          home.resolve("meantime.db"), PosixFilePermissions.fromString("rw-r--r--"));
    }
    try (TestRepository repository = new TestRepository(home)) {
      repository.put("/again", content(100_000, 8));
      TreeSet<String> modes = new TreeSet<>();
      try (Stream<Path> files = Files.walk(home)) {
        for (Path file : (Iterable<Path>) files::iterator) {
          String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
          modes.add((Files.isDirectory(file) ? "folder " : "file ") + mode);
        }
      }
      assertEquals(List.of("file rw-------", "folder rwx------"), List.copyOf(modes));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"incoming/notes.txt", "incoming/put1/x", "blobs/odd", "blobs/aa/bb/odd"})
  void oddFile_isLeftAlone(String name) throws IOException {
    Path odd = home.resolve(name);
    Files.createDirectories(odd.getParent());
    Files.writeString(odd, "of somebody");
    try (TestRepository repository = new TestRepository(home)) {
      repository.store.delete(TestRepository.path("/big"));
      repository.sweepAfterGrace();
      assertEquals(List.of(), repository.blobs());
      assertTrue(repository.store.sweeper().trouble().isEmpty());
    }
    assertEquals("of somebody", Files.readString(odd));
  }
}
