package org.meantime.dav.store.repository;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.store.StagedTree;

/**
 * Copies one tree into the hidden staging collection: reads one moment of the source, depth first,
 * with one cursor per level, and writes in short transactions that let others write in between. The
 * copy was created and modified now, as RFC 4918 §15.7 has it.
 */
final class Staging {
  private static final int CHUNK_ROWS = 1_000;
  private static final int CHUNK_CHARS = 1_000_000;

  private final Repository repository;
  private final Sweeper sweeper;
  private final String creator;
  private final Progress progress;
  private final List<Row> chunk = new ArrayList<>();
  private int chunkChars;

  Staging(Repository repository, Sweeper sweeper, String creator, Progress progress) {
    this.repository = repository;
    this.sweeper = sweeper;
    this.creator = creator;
    this.progress = progress;
  }

  StagedTree stage(ResourcePath source, Depth depth) {
    repository.beginCopy(this);
    Row root = null;
    StagedTree staged = null;
    try {
      Row original = repository.database().read(session -> find(session, source));
      if (original.isCollection() && depth == Depth.INFINITY) {
        try (Database.Snapshot snapshot = repository.database().snapshot(() -> progress.bytes(0))) {
          original = find(snapshot.session(), source);
          root = copy(original);
          copyTree(snapshot.session(), new Level(source, original.id(), root));
        }
        staged = new Attachable(root);
      } else {
        root = copy(original);
        requireRight(source, root);
        progress.member(source);
        staged = new Insertable(root);
      }
      return staged;
    } finally {
      if (staged == null) {
        discard(root);
      }
    }
  }

  private static Row find(Session session, ResourcePath source) {
    return new ResourceTable(session)
        .find(source)
        .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no such resource"));
  }

  /** What cannot be read is not copied; in a tree it is, for to read a tree takes too long. */
  private void requireRight(ResourcePath path, Row row) {
    if (!row.isCollection()) {
      new RepositoryDocument(repository, path, row).requireRight(progress);
    }
  }

  private Row copy(Row row) {
    return row.copy(repository.ids().nextResource(), creator, repository.now());
  }

  /** A collection of the source whose members are being copied to {@code copy}. */
  private record Level(ResourcePath path, long source, Row copy) {}

  private record Open(Level level, Session.Cursor<Row> members) {}

  private void copyTree(Session snapshot, Level top) {
    progress.expect(1 + new ResourceTable(snapshot).count(top.source(), Depth.INFINITY));
    add(top.copy().at(ResourceTable.STAGING, Long.toString(top.copy().id())), top.path());
    Deque<Open> levels = new ArrayDeque<>();
    try {
      levels.push(open(snapshot, top));
      while (!levels.isEmpty()) {
        copyNext(snapshot, levels);
      }
    } finally {
      levels.forEach(level -> level.members().close());
    }
    flush();
  }

  private static Open open(Session snapshot, Level level) {
    return new Open(level, snapshot.open(ResourceTable.MEMBERS, Row::read, level.source()));
  }

  private void copyNext(Session snapshot, Deque<Open> levels) {
    Open deepest = levels.element();
    Row member = deepest.members().next().orElse(null);
    if (member == null) {
      levels.pop().members().close();
      return;
    }
    Level level = deepest.level();
    ResourcePath path = level.path().member(member.name());
    Row copy = copy(member).at(level.copy().id(), member.name());
    add(copy, path);
    if (member.isCollection()) {
      levels.push(open(snapshot, new Level(path, member.id(), copy)));
    }
  }

  private void add(Row row, ResourcePath path) {
    chunk.add(row);
    chunkChars += row.properties().length();
    progress.member(path);
    if (chunk.size() >= CHUNK_ROWS || chunkChars >= CHUNK_CHARS) {
      flush();
    }
  }

  private void flush() {
    repository.database().home().reserve().require();
    long begun = System.nanoTime();
    repository
        .database()
        .change( // no path leads there yet
            session -> {
              new ResourceTable(session).insert(chunk);
              return null;
            });
    chunk.clear();
    chunkChars = 0;
    sweeper.keepUp(System.nanoTime() - begun);
  }

  /** Gives up a copy that was not attached, however much of it there is. */
  private void discard(Row root) {
    repository.endCopy(this);
    if (root != null && repository.database().read(session -> isStaged(session, root))) {
      repository.database().write(session -> discard(session, root));
      sweeper.wake();
    }
  }

  private static boolean isStaged(Session session, Row root) {
    return new ResourceTable(session).isStaged(root.id());
  }

  private static Void discard(Session session, Row root) {
    new ResourceTable(session).discard(root.id());
    return null;
  }

  private void inTree(Consumer<Tree> step) {
    repository
        .database()
        .change(
            session -> {
              step.accept(new Tree(repository, session));
              return null;
            });
  }

  /** A tree that lies in the staging collection. */
  private final class Attachable implements StagedTree {
    private final Row root;

    private Attachable(Row root) {
      this.root = root;
    }

    @Override
    public void attach(ResourcePath destination) {
      inTree(tree -> tree.place(root.id(), destination));
    }

    @Override
    public void close() {
      discard(root);
    }
  }

  /** A single resource, which is as quickly inserted as moved. */
  private final class Insertable implements StagedTree {
    private final Row root;

    private Insertable(Row root) {
      this.root = root;
    }

    @Override
    public void attach(ResourcePath destination) {
      inTree(tree -> tree.insert(root, destination));
    }

    @Override
    public void close() {
      repository.endCopy(Staging.this);
    }
  }
}
