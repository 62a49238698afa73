package org.meantime.dav.store.repository;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meantime.dav.operation.Journal;

/**
 * A file beside the database, a line for each thing noted: it must not wait for the turn to write
 * that a transaction holds. Appended to, and begun anew with what is still open when it is long. A
 * line that a crash cut off is none.
 */
@ApplicationScoped
public class FileJournal implements Journal {
  private static final System.Logger LOG = System.getLogger(FileJournal.class.getName());
  private static final long LONG = 1 << 20; // bytes
  private static final String OPEN = "open";
  private static final String END = "end";

  private final Map<UUID, Noted> noted = new LinkedHashMap<>(); // guarded by this
  private Path path;
  private FileChannel file; // guarded by this
  private long most = LONG; // guarded by this: bytes, from which on it is begun anew
  private boolean told; // guarded by this: that it cannot be written to
  private List<Interrupted> interrupted = List.of();

  private record Noted(Entry entry, Optional<Mark> mark) {}

  /** For the container's proxy. */
  FileJournal() {}

  @Inject
  FileJournal(Database database) {
    this(database.home().journal());
  }

  FileJournal(Path path) {
    this.path = path;
    try {
      if (Files.exists(path)) {
        try (Stream<String> lines =
            new String(Files.readAllBytes(path), StandardCharsets.UTF_8).lines()) {
          lines.forEach(this::read);
        }
        interrupted =
            noted.values().stream().map(it -> new Interrupted(it.entry(), it.mark())).toList();
        noted.clear();
      }
      beginAnew();
    } catch (IOException | RuntimeException e) {
      trouble(e);
    }
  }

  private void read(String line) {
    String[] fields = line.split("\t", -1);
    try {
      UUID id = UUID.fromString(fields[1]);
      switch (fields[0]) {
        case OPEN -> noted.put(id, new Noted(entry(id, fields), Optional.empty()));
        case END -> noted.remove(id);
        default -> note(id, Mark.valueOf(fields[0]));
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      LOG.log(Level.DEBUG, "a line of the journal is not whole: {0}", line);
    }
  }

  private void note(UUID id, Mark mark) {
    noted.computeIfPresent(id, (key, it) -> new Noted(it.entry(), Optional.of(mark)));
  }

  private static Entry entry(UUID id, String... fields) {
    String[] texts =
        Stream.of(fields)
            .map(it -> URLDecoder.decode(it, StandardCharsets.UTF_8))
            .toArray(String[]::new);
    return new Entry(
        id,
        texts[2],
        texts[3],
        texts[4],
        Optional.of(texts[5]).filter(it -> !it.isEmpty()),
        texts[6],
        texts[7],
        Instant.parse(texts[8]));
  }

  private static String line(Noted noted) {
    Entry entry = noted.entry();
    String open =
        Stream.of(
                OPEN,
                entry.id().toString(),
                entry.method(),
                entry.base(),
                entry.target(),
                entry.destination().orElse(""),
                entry.user(),
                entry.agent(),
                entry.startedAt().toString())
            .map(it -> URLEncoder.encode(it, StandardCharsets.UTF_8))
            .collect(Collectors.joining("\t", "", "\n"));
    return open + noted.mark().map(mark -> line(mark.name(), entry.id())).orElse("");
  }

  private static String line(String what, UUID id) {
    return what + "\t" + id + "\n";
  }

  @Override
  public List<Interrupted> interrupted() {
    return interrupted;
  }

  @Override
  public synchronized void open(Entry entry) {
    Noted opened = new Noted(entry, Optional.empty());
    noted.put(entry.id(), opened);
    append(line(opened));
  }

  @Override
  public synchronized void mark(UUID id, Mark mark) {
    note(id, mark);
    append(line(mark.name(), id));
  }

  @Override
  public synchronized void end(UUID id) {
    noted.remove(id);
    append(line(END, id));
  }

  @Override
  public void force() {
    FileChannel now;
    synchronized (this) {
      now = file;
    }
    try {
      if (now != null) {
        now.force(false);
      }
    } catch (IOException e) {
      trouble(e);
    }
  }

  private void append(String text) {
    try {
      if (file == null || file.size() > most) {
        beginAnew(); // with this line, for it is noted already
      } else {
        write(file, text);
      }
    } catch (IOException e) {
      trouble(e);
    }
  }

  /** Puts a file in place that says what is still open. */
  private synchronized void beginAnew() throws IOException {
    close();
    Path next = path.resolveSibling(path.getFileName() + ".new");
    FileChannel begun =
        Home.openFile(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    write(begun, noted.values().stream().map(FileJournal::line).collect(Collectors.joining()));
    begun.force(true);
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE);
    file = begun;
    most = Math.max(LONG, 2 * begun.size()); // or each line would do so, where much is open
  }

  private static void write(FileChannel file, String text) throws IOException {
    Disk.write(file, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  private synchronized void trouble(Exception e) {
    if (!told) {
      told = true;
      LOG.log(Level.WARNING, "operations are not noted down: " + path, e);
    }
  }

  @PreDestroy
  synchronized void close() {
    try {
      if (file != null) {
        file.close();
        file = null;
      }
    } catch (IOException e) {
      trouble(e);
    }
  }
}
