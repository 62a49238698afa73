package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.operation.Journal.Entry;
import org.meantime.dav.operation.Journal.Interrupted;
import org.meantime.dav.operation.Journal.Mark;

class FileJournalTest {
  @TempDir private Path folder;

  private Path file() {
    return folder.resolve("operations.journal");
  }

  private FileJournal open() {
    return new FileJournal(file());
  }

  private static Entry entry(String user, String destination) {
    return new Entry(
        UUID.randomUUID(),
        "COPY",
        "/dav",
        "/dav/a%09b/",
        Optional.of(destination).filter(it -> !it.isEmpty()),
        user,
        "curl/8 +x",
        Instant.parse("2026-01-02T03:04:05.678Z"));
  }

  @Test
  void whatWasOpen_isToldAtTheNextStartAndNoLater() {
    Entry first = entry("ann\tof Ö\n", "/dav/b");
    Entry second = entry("bob", "");
    Entry third = entry("eve", "/dav/c");
    FileJournal journal = open();
    assertEquals(List.of(), journal.interrupted());
    journal.open(first);
    journal.open(second);
    journal.mark(first.id(), Mark.DECIDED);
    journal.mark(first.id(), Mark.MADE);
    journal.open(third);
    journal.end(third.id());
    assertEquals(
        List.of(
            new Interrupted(first, Optional.of(Mark.MADE)),
            new Interrupted(second, Optional.empty())),
        open().interrupted());
    assertEquals(List.of(), open().interrupted());
  }

  @Test
  void aLineThatWasCutOff_isNone() throws IOException {
    Entry whole = entry("ann", "/dav/b");
    FileJournal journal = open();
    journal.open(whole);
    Files.writeString(file(), "open\t" + UUID.randomUUID() + "\tCO", StandardOpenOption.APPEND);
    assertEquals(List.of(new Interrupted(whole, Optional.empty())), open().interrupted());
  }

  @Test
  void aLongFile_isBegunAnewWithWhatIsOpen() throws IOException {
    Entry open = entry("ann", "/dav/b");
    FileJournal journal = open();
    journal.open(open);
    journal.mark(open.id(), Mark.PIECEMEAL);
    for (int i = 0; i < 20_000; i++) {
      Entry other = entry("bob", "/dav/c");
      journal.open(other);
      journal.end(other.id());
    }
    assertTrue(Files.size(file()) < 2_000_000, "not all 40,000 lines");
    assertEquals(List.of(new Interrupted(open, Optional.of(Mark.PIECEMEAL))), open().interrupted());
  }

  @Test
  void aFileThatCannotBeWritten_failsNothing() throws IOException {
    Files.createDirectories(file().resolve("in the way"));
    FileJournal journal = open();
    Entry entry = entry("ann", "/dav/b");
    journal.open(entry);
    journal.force();
    journal.end(entry.id());
    assertEquals(List.of(), journal.interrupted());
  }

  @Test
  void whereMuchIsOpen_theFileIsSeldomBegunAnew() throws IOException {
    FileJournal journal = open();
    String destination = "/dav/" + "b".repeat(1024);
    int begun = 0;
    Object before = key();
    for (int i = 0; i < 5000; i++) {
      journal.open(entry("ann", destination));
      Object now = key();
      begun += now.equals(before) ? 0 : 1;
      before = now;
    }
    assertTrue(begun > 0 && begun < 5, begun + " times");
    assertEquals(5000, open().interrupted().size());
  }

  private Object key() throws IOException {
    return Files.readAttributes(file(), BasicFileAttributes.class).fileKey();
  }
}
