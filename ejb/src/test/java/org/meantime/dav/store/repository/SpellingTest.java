package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.bytes;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.ResourcePath;

/** A name that is there in another spelling only is found. */
class SpellingTest {
  private static final String NFC = "/%C3%A9%C3%BC";
  private static final String NFD = "/e%CC%81u%CC%88";
  private static final String MIXED = "/%C3%A9u%CC%88";

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

  private String spelling(String raw) {
    return repository.store.spelling(path(raw)).toString();
  }

  @ParameterizedTest(name = "{0}: {1} for {2}")
  @CsvSource({
    "composed, " + NFC + ", " + NFD,
    "composed, " + NFC + ", " + MIXED,
    "decomposed, " + NFD + ", " + NFC,
    "decomposed, " + NFD + ", " + MIXED,
    "in part, " + MIXED + ", " + NFC,
    "in part, " + MIXED + ", " + NFD,
    "itself, " + NFD + ", " + NFD,
    "Hangul, /%ED%95%9C, /%E1%84%92%E1%85%A1%E1%86%AB",
    "Hangul decomposed, /%E1%84%92%E1%85%A1%E1%86%AB, /%ED%95%9C",
    "order of the marks, /e%CC%A3%CC%81, /e%CC%81%CC%A3",
    "one character for another, /%C3%85, /%E2%84%AB",
    "never composed, /%E0%A4%95%E0%A4%BC, /%E0%A5%98",
    "never composed the other way, /%E0%A5%98, /%E0%A4%95%E0%A4%BC",
  })
  void name_isFoundInEachSpelling(String row, String kept, String asked) {
    repository.put(kept, bytes("x"));
    assertEquals(kept, spelling(asked));
    repository.createCollection("/c");
    repository.createCollection("/c" + kept);
    assertEquals("/c" + kept + "/new", spelling("/c" + asked + "/new"));
    repository.put("/c" + kept + kept, bytes("y"));
    assertEquals("/c" + kept + kept, spelling("/c" + asked + asked));
    assertEquals("/no" + asked, spelling("/no" + asked));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "compatible only, /%EF%AC%81, /fi",
    "compatible only the other way, /fi, /%EF%AC%81",
    "case, /%C3%A9, /%C3%89",
    "without its mark, /e, /e%CC%81",
    "what sorts after it, /e%CC%81x, /%C3%A9",
  })
  void otherName_isNot(String row, String kept, String asked) {
    repository.put(kept, bytes("x"));
    assertEquals(asked, spelling(asked));
  }

  @Test
  void namesKeptInSeveralSpellings_areFoundExactly() {
    for (String raw : List.of(NFC, NFD, MIXED)) {
      repository.createCollection(raw);
      repository.put(raw + "/d", bytes(raw));
    }
    for (String raw : List.of(NFC, NFD, MIXED)) {
      assertEquals(raw + "/d", spelling(raw + "/d"));
      assertArrayEquals(bytes(raw), repository.read(raw + "/d"));
    }
    repository.transaction(() -> repository.store.deleteTree(path(NFD)));
    assertEquals(NFC + "/d", spelling(NFD + "/d"));
    repository.transaction(() -> repository.store.deleteTree(path(NFC)));
    assertEquals(MIXED + "/d", spelling(NFD + "/d"));
  }

  @Test
  void whateverBringsAName_keepsItsSpelling() {
    repository.createCollection("/a");
    repository.put("/a" + NFD, bytes("x"));
    repository.copy("/a", "/b");
    assertEquals("/b" + NFD, spelling("/b" + NFC));
    repository.transaction(() -> repository.store.move(path("/b" + NFD), path("/c")));
    assertEquals("/b" + NFC, spelling("/b" + NFC));
    repository.transaction(() -> repository.store.move(path("/c"), path("/b" + MIXED)));
    assertEquals("/b" + MIXED, spelling("/b" + NFC));
    repository.copy("/b" + MIXED, NFD);
    assertEquals(NFD, spelling(NFC));
    repository.assertSound();
  }

  @Test
  void namesOfAnOlderStore_areFoundToo() {
    repository.createCollection(NFD);
    repository.put(NFD + MIXED, bytes("x"));
    repository.put(NFD + "/%C3%A4", bytes("y"));
    repository.database.write(
        session -> {
          session.update("DROP INDEX resource_nfc");
          session.update("ALTER TABLE resource DROP COLUMN nfc");
          session.update(
              "INSERT INTO active_lock (token, root, exclusive, deep, owner, principal, expires)"
                  + " VALUES ('urn:x', '/a;b+c;/', 1, 1, '', 'ann', 9999999999999)");
          return session.update("DELETE FROM flyway_schema_history WHERE version IN ('6', '7')");
        });
    repository.close();
    repository = new TestRepository(home);
    assertEquals(NFD + MIXED, spelling(NFC + NFC));
    assertEquals(NFD + "/%C3%A4", spelling(NFC + "/a%CC%88"));
    assertEquals(2, repository.number("SELECT COUNT(nfc) FROM resource"));
    ResourcePath locked = path("/a;b+c;");
    assertEquals(1, new SqlLockTable(repository.database).above(locked).size());
  }

  /** Whatever the collection holds, there is no looking through it. */
  @Test
  void spelling_isLookedUpByAnIndex() {
    Optional<String> plan =
        repository.database.read(
            session ->
                session.find(
                    "EXPLAIN QUERY PLAN SELECT name, id FROM resource WHERE parent = ?"
                        + " AND nfc = ? ORDER BY name LIMIT 1",
                    row -> row.getString("detail"),
                    1,
                    "x"));
    assertTrue(plan.orElseThrow().contains("resource_nfc (parent=? AND nfc=?)"), plan::toString);
  }
}
