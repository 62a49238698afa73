package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meantime.dav.StorageException;
import org.meantime.dav.store.repository.CheckTable.Held;
import org.meantime.dav.store.repository.CheckTable.Link;

/**
 * Looks through a store in use: whether the tables agree with one another, every document has its
 * content and every file is accounted for. What one statement reads is of one moment; whatever
 * needs more than one is looked at again before it is told, so that nothing is told that only
 * passed by. What is stored after a stage began is left to the next check: clients may store faster
 * than this one reads.
 */
final class Check implements Maintenance.Work {
  private static final LinkOption NO_LINKS = LinkOption.NOFOLLOW_LINKS;
  private static final int PREFIX_LENGTH = 4;

  private final Repository repository;
  private final Database database;
  private final Set<Finding> repairs;
  private Pace pace;
  private Report report;

  /** Puts right what is of these kinds. */
  Check(Repository repository, Set<Finding> repairs) {
    this.repository = repository;
    this.database = repository.database();
    this.repairs = repairs;
  }

  @Override
  public void run(Pace itsPace, Report itsReport) {
    pace = itsPace;
    report = itsReport;
    report.expect(database.read(session -> new ContentTable(session).used()));
    stage("the file of the database", this::file);
    stage("the resources", this::resources);
    stage("the contents", this::contents);
    stage("the locks", this::locks);
    stage("the folder blobs", () -> folder(database.home().blobs(), ""));
  }

  /** Where the database cannot be read, the rest is looked through all the same. */
  private void stage(String name, Runnable stage) {
    report.at(name);
    try {
      stage.run();
    } catch (StorageException e) {
      found(Finding.DATABASE, name + " could not be looked through to the end: " + e.getMessage());
    }
  }

  private void found(Finding finding, String what) {
    report.found(finding, what, false);
  }

  private void found(Finding finding, String what, Runnable repair) {
    found(finding, what, repair, true);
  }

  private void found(Finding finding, String what, Runnable repair, boolean possible) {
    boolean wanted = possible && repairs.contains(finding);
    if (wanted) {
      repair.run();
    }
    report.found(finding, what, wanted);
  }

  private <T> T read(Function<CheckTable, T> step) {
    T result = database.read(session -> step.apply(new CheckTable(session)));
    pace.rest();
    return result;
  }

  private void file() {
    try (Session session = database.patient(pace)) {
      CheckTable table = new CheckTable(session);
      table.integrity().forEach(what -> found(Finding.DATABASE, what));
      table
          .unreachable()
          .forEach(id -> found(Finding.RESOURCE, "no way leads to the collection of id " + id));
    }
  }

  private void resources() {
    long end = database.read(session -> new ResourceTable(session).lastId());
    long last = 0;
    for (List<Link> page = links(last, end); !page.isEmpty(); page = links(last, end)) {
      page.forEach(this::resource);
      last = page.get(page.size() - 1).id();
    }
  }

  private List<Link> links(long after, long end) {
    return read(table -> table.links(after, end));
  }

  private void resource(Link link) {
    String named = "the resource of id " + link.id() + ", named " + link.name();
    link.contradiction().ifPresent(what -> found(Finding.RESOURCE, named + ", " + what));
    if (link.misstates()) {
      String path = database.read(session -> new CheckTable(session).path(link.id())).orElse(named);
      found(
          Finding.LENGTH,
          path + " does not state the length and the entity tag of its content",
          () -> database.write(session -> new CheckTable(session).restate(link.id())),
          isRight(link.content()));
    }
  }

  private boolean isRight(long content) {
    return database
        .read(session -> new CheckTable(session).content(content))
        .filter(held -> wrong(held).isEmpty())
        .isPresent();
  }

  private void contents() {
    long end = database.read(session -> new ContentTable(session).lastId());
    long last = 0;
    for (List<Held> page = held(last, end); !page.isEmpty(); page = held(last, end)) {
      page.forEach(this::content);
      last = page.get(page.size() - 1).id();
    }
  }

  private List<Held> held(long after, long end) {
    return read(table -> table.contents(after, end));
  }

  private void content(Held held) {
    if (held.forgotten()) {
      found(
          Finding.UNREFERRED,
          "no resource has the content of SHA-256 " + held.sha256(),
          () -> database.write(session -> forget(session, held)));
    }
    Optional<String> wrong = wrong(held);
    // once more, for a file may just have been put right; and only of what there is still
    if (wrong.isPresent() && wrong(held).isPresent()) {
      List<String> paths = database.read(session -> new CheckTable(session).paths(held.id()));
      if (!paths.isEmpty()) {
        repository.checks().distrust(held.sha256());
        report.damaged(wrong.get(), held.sha256(), paths);
      }
    }
    report.did(held.length());
  }

  private Void forget(Session session, Held held) {
    if (new CheckTable(session).isForgotten(held.id())) {
      repository.orphan(session, held.id());
    }
    return null;
  }

  /** What is wrong with it, if anything. */
  private Optional<String> wrong(Held held) {
    if (!held.inFile()) {
      return database.read(session -> new CheckTable(session).wrong(held.id()));
    }
    Path file = repository.blobs().file(held.sha256());
    try {
      ContentChecks.read(file, held.length(), (buffer, count) -> pace.rest());
      return Optional.empty();
    } catch (IOException e) {
      pace.rest();
      requireThere();
      return Optional.of(ContentChecks.told(e));
    }
  }

  /** A mount that is gone is not a fault of each file. */
  private void requireThere() {
    if (!database.home().disk().isThere()) {
      throw Disk.away();
    }
  }

  private void locks() {
    database
        .read(session -> new CheckTable(session).locks())
        .forEach(
            lock -> {
              pace.rest();
              if (database.read(session -> new CheckTable(session).isLoose(lock))) {
                found(
                    Finding.LOCK,
                    "the lock " + lock.token() + " is on " + lock.root() + ", where nothing is",
                    () -> database.write(session -> new CheckTable(session).unlock(lock)));
              }
            });
  }

  /** Looks through a folder of contents whose hashes begin so. */
  private void folder(Path folder, String prefix) {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        entry(entry, prefix);
        pace.rest();
      }
    } catch (IOException | DirectoryIteratorException e) {
      requireThere();
      found(Finding.ODD, folder + " cannot be looked through: " + e);
    }
  }

  private void entry(Path entry, String prefix) {
    String name = entry.getFileName().toString();
    boolean deepest = prefix.length() == PREFIX_LENGTH;
    if (!deepest && name.matches("[0-9a-f]{2}") && Files.isDirectory(entry, NO_LINKS)) {
      folder(entry, prefix + name);
    } else if (deepest
        && Blobs.isHash(name)
        && name.startsWith(prefix)
        && Files.isRegularFile(entry, NO_LINKS)) {
      file(name, entry);
    } else if (!database.home().isId(entry) && Files.exists(entry, NO_LINKS)) {
      found(Finding.ODD, entry + " is nothing of the store's");
    }
  }

  private void file(String sha256, Path file) {
    if (repository.blobs().isStray(sha256)) {
      found(
          Finding.STRAY,
          file + " is content that the database does not know",
          () -> repository.blobs().sweep(sha256));
    }
  }
}
