package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.Property;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.store.repository.ResourceTable.Page;
import org.meantime.dav.store.repository.ResourceTable.Remains;

/** Pages of rows hold some bytes, whatever is in a row: also in a store that holds too much. */
class PageTest {
  private static final int LARGE = 700_000;

  @TempDir Path home;

  private static void fill(TestRepository repository) {
    for (int i = 0; i < 9; i++) {
      String path = "/c/d" + i;
      repository.put(path, new byte[] {(byte) i});
      if (i % 3 != 0) {
        Property property = new Property(new QName("p"), "<p>" + "x".repeat(LARGE) + "</p>");
        repository.transaction(
            () ->
                repository.store.update(
                    TestRepository.path(path), List.of(new PropertyUpdate.Set(property))));
      }
    }
  }

  @Test
  void pagesOfLargeRows_areShort_andHoldAllRowsBetweenThem() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.createCollection("/c");
      fill(repository);
      long id = repository.number("SELECT id FROM resource WHERE name = 'c'");
      StringBuilder names = new StringBuilder();
      String last = "";
      boolean more = true;
      while (more) {
        String after = last;
        Page<Row> page =
            repository.database.read(
                session -> new ResourceTable(session).membersAfter(id, after, 100));
        assertTrue(page.rows().stream().mapToLong(Row::weight).sum() < 2L * LARGE + 100);
        page.rows().forEach(row -> names.append(row.name()));
        more = !page.last();
        last = more ? page.rows().get(page.rows().size() - 1).name() : "";
      }
      assertEquals("d0d1d2d3d4d5d6d7d8", names.toString());
    }
  }

  @Test
  void whatIsDeleted_isNotReadForIt_andIsDeletedBitByBit() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.createCollection("/c");
      fill(repository);
      long id = repository.number("SELECT id FROM resource WHERE name = 'c'");
      Page<Remains> page =
          repository.database.read(session -> new ResourceTable(session).remains(id, 100));
      assertFalse(page.last());
      repository.transaction(() -> repository.store.deleteTree(TestRepository.path("/c")));
      repository.sweepAfterGrace();
      repository.assertSwept();
      assertEquals(3, repository.number("SELECT COUNT(*) FROM resource"));
    }
  }
}
