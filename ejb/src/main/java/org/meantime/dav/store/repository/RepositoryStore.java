package org.meantime.dav.store.repository;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.BuiltIn;
import org.meantime.dav.store.DateKeeping;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.LanguageKeeping;
import org.meantime.dav.store.Maintained;
import org.meantime.dav.store.Observed;
import org.meantime.dav.store.QuotaReporting;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCopy;
import org.meantime.dav.store.TreeCount;
import org.meantime.dav.store.TreeDelete;
import org.meantime.dav.store.TreeMove;
import org.meantime.dav.store.TreeReach;
import org.meantime.dav.store.Upload;

/**
 * The built-in store. Copies, moves and deletes of trees are one step, whatever their size. It
 * checks what its callers have checked already, so that no mistake of theirs can harm the tree.
 */
@BuiltIn
@ApplicationScoped
public class RepositoryStore
    implements Store,
        TreeCopy,
        TreeMove,
        TreeDelete,
        TreeCount,
        TreeReach,
        LanguageKeeping,
        DateKeeping,
        QuotaReporting,
        Observed,
        Maintained {
  /** How long content stays after its last reference went, for those about to open it. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private Repository repository;
  private Database database;
  private Sweeper sweeper;
  private Quotas quotas;
  private Maintenance maintenance;

  /** For the container's proxy. */
  RepositoryStore() {}

  @Inject
  RepositoryStore(Database database, Settings settings) {
    this(database, Clock.systemUTC(), GRACE, () -> settings.number(Setting.STORE_CHECK_SHARE));
  }

  /** Maintains itself for that share of the time, in percent. */
  RepositoryStore(Database database, Clock clock, Duration grace, LongSupplier share) {
    this.database = database;
    repository = new Repository(database, clock);
    quotas = new Quotas(database);
    sweeper = new Sweeper(repository, grace);
    sweeper.start();
    maintenance = new Maintenance(database, share);
  }

  static Resource resource(Repository repository, ResourcePath path, Row row) {
    return row.isCollection()
        ? new RepositoryCollection(repository, path, row)
        : new RepositoryDocument(repository, path, row);
  }

  @Override
  public Optional<Resource> find(ResourcePath path) {
    return repository.find(path).map(row -> resource(repository, path, row));
  }

  @Override
  public ResourcePath spelling(ResourcePath path) {
    return repository.spelling(path);
  }

  @Override
  public <T> T transaction(Supplier<T> step) {
    return database.transaction(step);
  }

  @Override
  public Upload receive(InputStream body, Progress progress) throws IOException {
    return new Receiver(repository.blobs(), database.home(), progress).receive(body);
  }

  @Override
  public void put(ResourcePath path, Upload upload, DocumentInfo info) {
    if (!(upload instanceof Received received)) {
      throw new IllegalArgumentException("an upload of another store");
    }
    change(tree -> tree.put(path, received, info));
  }

  @Override
  public void createCollection(ResourcePath path, String creator) {
    change(tree -> tree.createCollection(path, creator));
  }

  @Override
  public void update(ResourcePath path, List<PropertyUpdate> updates) {
    change(tree -> tree.update(path, updates));
  }

  @Override
  public void giveLanguages(ResourcePath path, String contentLanguage) {
    change(tree -> tree.giveLanguages(path, contentLanguage));
  }

  @Override
  public void giveDates(ResourcePath path, GivenDates dates) {
    change(tree -> tree.giveDates(path, dates));
  }

  @Override
  public void delete(ResourcePath path) {
    change(tree -> tree.delete(path));
  }

  @Override
  public void deleteTree(ResourcePath path) {
    change(tree -> tree.deleteTree(path));
    database.afterwards(sweeper::wake);
  }

  @Override
  public void move(ResourcePath source, ResourcePath destination) {
    change(tree -> tree.move(source, destination));
  }

  @Override
  public StagedTree stage(ResourcePath source, Depth depth, String creator, Progress progress) {
    return new Staging(repository, sweeper, creator, progress).stage(source, depth);
  }

  @Override
  public long count(ResourcePath path, Depth depth) {
    return database.read(
        session -> {
          ResourceTable resources = new ResourceTable(session);
          return resources.find(path).map(row -> 1 + resources.count(row.id(), depth)).orElse(0L);
        });
  }

  @Override
  public boolean reachesBeyond(ResourcePath path, long segments, long bytes) {
    return database.read(
        session -> {
          ResourceTable resources = new ResourceTable(session);
          return resources
              .find(path)
              .filter(row -> resources.reachesBeyond(row.id(), segments, bytes))
              .isPresent();
        });
  }

  @Override
  public Quota quota(ResourcePath collection) {
    return quotas.current();
  }

  @Override
  public Condition condition() {
    return new Condition(
        database.id(),
        sweeper.trouble().orElse(""),
        sweeper.busySeconds(),
        sweeper.slowed(),
        repository.refused(),
        database.home().reserve().isHeld());
  }

  @Override
  public void check(Set<String> repairs) {
    Set<Finding> kinds = Finding.repairs(repairs);
    maintenance.begin("check", new Check(repository, kinds));
  }

  @Override
  public void backUp(Path folder) {
    maintenance.begin("backup", new Backup(repository, folder));
  }

  @Override
  public void stopTask() {
    maintenance.stop();
  }

  @Override
  public Optional<Task> task() {
    return maintenance.task();
  }

  private void change(Consumer<Tree> step) {
    database.change(
        session -> {
          step.accept(new Tree(repository, session));
          return null;
        });
  }

  /** For tests: what the background does, done now. */
  Sweeper sweeper() {
    return sweeper;
  }

  /** For tests: what runs its tasks. */
  Maintenance maintenance() {
    return maintenance;
  }

  /** For tests: what its parts share. */
  Repository repository() {
    return repository;
  }

  static DavException conflict(String reason) {
    return new DavException(Status.CONFLICT, reason);
  }
}
