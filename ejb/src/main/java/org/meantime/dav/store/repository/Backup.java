package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meantime.dav.store.repository.CheckTable.Held;
import org.meantime.dav.store.repository.CheckTable.InFile;

/**
 * Copies a store in use, as it is at one moment, to a folder that can be a home. Content is checked
 * while it is copied. The database takes its name last: what a backup that broke off leaves is no
 * store.
 */
final class Backup implements Maintenance.Work {
  private final Repository repository;
  private final Database database;
  private final Path folder;
  private final Path blobs;
  private final Path part;
  private final Set<Path> folders = new TreeSet<>();
  private Pace pace;
  private Report report;

  /** Copies to that folder; fails unless a store may be copied there. */
  Backup(Repository repository, Path folder) {
    requireEmpty(folder);
    requireApart(folder, repository.database().home());
    this.repository = repository;
    this.database = repository.database();
    this.folder = folder;
    blobs = folder.resolve(Home.BLOBS);
    part = folder.resolve(Home.DATABASE + ".part");
  }

  private static void requireEmpty(Path folder) {
    if (!folder.isAbsolute()) {
      throw new IllegalArgumentException(folder + " is not an absolute path");
    }
    if (Files.exists(folder)) {
      try (Stream<Path> there = Files.list(folder)) {
        if (there.findAny().isPresent()) {
          throw new IllegalArgumentException(folder + " is not empty");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException(folder + " cannot be used: " + e, e);
      }
    }
  }

  /**
   * A copy within what it is a copy of goes with it, and is found there as nothing of the store's.
   */
  private static void requireApart(Path folder, Home home) {
    try {
      Path real = real(folder);
      for (Path ours : List.of(home.folder(), real(home.blobs()))) {
        if (real.startsWith(ours) || ours.startsWith(real)) {
          throw new IllegalArgumentException(folder + " is not apart from the store's home");
        }
      }
    } catch (IOException e) {
      throw new IllegalArgumentException(folder + " cannot be used: " + e, e);
    }
  }

  /** Where the path leads to; it need not be there. */
  private static Path real(Path path) throws IOException {
    Path there = path;
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    return there.toRealPath().resolve(there.relativize(path)).normalize();
  }

  @Override
  public void run(Pace itsPace, Report itsReport) {
    pace = itsPace;
    report = itsReport;
    repository.beginCopy(this); // from here on no content goes that the copy of the database has
    try {
      copy();
    } catch (IOException e) { // of the other disk
      throw unwritten(e);
    } finally {
      repository.endCopy(this);
    }
  }

  private void copy() throws IOException {
    report.at("the database");
    createFolder(blobs);
    Home.createFile(part);
    try (Session session = database.patient(pace)) {
      session.update("VACUUM INTO ?", part.toString());
    }
    report.at("the contents");
    try (Session copied = database.reader(part)) {
      CheckTable table = new CheckTable(copied);
      contents(table);
      small(table);
    }
    database.home().copyId(blobs);
    for (Path each : folders) {
      Blobs.sync(each);
    }
    try (FileChannel file = FileChannel.open(part, StandardOpenOption.WRITE)) {
      file.force(true);
    }
    Files.move(part, folder.resolve(Home.DATABASE), StandardCopyOption.ATOMIC_MOVE);
    Blobs.sync(folder);
  }

  private void createFolder(Path path) throws IOException {
    Home.createFolder(path);
    for (Path each = path; each.startsWith(folder); each = each.getParent()) {
      folders.add(each);
    }
  }

  private void contents(CheckTable table) throws IOException {
    report.expect(table.bytesInFiles());
    long last = 0;
    for (List<InFile> page = table.inFiles(last); !page.isEmpty(); page = table.inFiles(last)) {
      for (InFile content : page) {
        content(table, content);
        last = content.id();
      }
    }
  }

  /** What the copy of the database has itself. */
  private void small(CheckTable table) {
    long last = 0;
    for (List<Held> page = table.contents(last, Long.MAX_VALUE);
        !page.isEmpty();
        page = table.contents(last, Long.MAX_VALUE)) {
      for (Held content : page) {
        if (!content.inFile()) {
          table
              .wrong(content.id())
              .ifPresent(what -> report.damaged(what, content.sha256(), table.paths(content.id())));
        }
        last = content.id();
      }
      pace.rest();
    }
  }

  private void content(CheckTable table, InFile content) throws IOException {
    Path target = Blobs.file(blobs, content.sha256());
    createFolder(target.getParent());
    Optional<String> damage;
    try (FileChannel file =
        Home.openFile(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      damage = copy(content, file);
      file.force(true);
    }
    if (damage.isPresent()) {
      report.damaged(
          "not in the backup, " + damage.get(), content.sha256(), table.paths(content.id()));
      Files.delete(target);
    }
    report.did(content.length());
  }

  /** What is wrong with the content, if anything is. */
  private Optional<String> copy(InFile content, FileChannel file) {
    try {
      ContentChecks.read(
          repository.blobs().file(content.sha256()),
          content.length(),
          (buffer, count) -> {
            write(file, ByteBuffer.wrap(buffer, 0, count));
            pace.rest();
          });
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ContentChecks.told(e));
    }
  }

  private static void write(FileChannel file, ByteBuffer bytes) {
    try {
      Disk.write(file, bytes);
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private static IllegalStateException unwritten(IOException e) {
    return new IllegalStateException("the backup cannot be written: " + e, e);
  }
}
