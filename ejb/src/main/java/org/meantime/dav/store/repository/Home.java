package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.meantime.dav.StorageException;

/**
 * The folder everything is kept in, held by one application at a time, for nobody else to read.
 * What belongs together in it carries one id: the database, the contents, the journal.
 */
final class Home implements AutoCloseable {
  private static final Set<PosixFilePermission> OURS_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> OURS_FILE =
      PosixFilePermissions.fromString("rw-------");
  static final String DATABASE = "meantime.db";
  private static final String LOG = "meantime.db-wal";
  private static final String SHARED_MEMORY = "meantime.db-shm";
  private static final String JOURNAL = "operations.journal";
  private static final String RESERVE = "reserve";
  static final String BLOBS = "blobs";
  private static final String ID = "meantime.id";

  /** There as long as the database is open, and after a crash. */
  private static final String OPEN = "meantime.open";

  private static final String LOCK = "meantime.lock";

  private final Path folder;
  private final Path asGiven;
  private FileChannel lock;
  private final Reserve reserve;
  private final Disk disk;
  private final Presence presence = new Presence();

  /** Whether a folder in which there is no store may become one. */
  enum Creation {
    ASKED,
    REFUSED
  }

  private Home(Path folder, Path asGiven, FileChannel lock) {
    this.folder = folder;
    this.asGiven = asGiven.toAbsolutePath();
    this.lock = lock;
    reserve = new Reserve(folder.resolve(RESERVE));
    disk = new Disk(this::isThere, reserve::giveUp);
  }

  /**
   * Opens the folder; fails where another application has it, and where what was there before is
   * not: a mount that is missing must not look like an empty store.
   */
  static Home open(Path folder, Creation creation) {
    requireRights(folder);
    try {
      requireFiles(folder);
      if (!isStore(folder)) {
        requireNothingLeft(folder);
        requireAsked(folder, creation);
      }
      Path real = createFolder(folder).toRealPath();
      Home home = new Home(real, folder, lock(real));
      home.prepare();
      return home;
    } catch (IOException e) {
      throw new StorageException("the store's home " + folder + " cannot be used: " + e, e);
    }
  }

  /** What cannot be looked into must not look like an empty store. */
  private static void requireRights(Path folder) {
    if (Files.isDirectory(folder)
        && !(Files.isReadable(folder) && Files.isWritable(folder) && Files.isExecutable(folder))) {
      throw new IllegalStateException(
          "the store's home " + folder + " is not the server's to read and write: give it rights");
    }
  }

  /** To open anything else may never end. */
  private static void requireFiles(Path folder) {
    for (String name :
        List.of(DATABASE, LOG, SHARED_MEMORY, LOCK, OPEN, JOURNAL, RESERVE, BLOBS + "/" + ID)) {
      Path file = folder.resolve(name);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        throw new IllegalStateException(file + " is no file; nothing was changed");
      }
    }
  }

  private static boolean isStore(Path folder) throws IOException {
    Path database = folder.resolve(DATABASE);
    return Files.exists(database) && Files.size(database) > 0;
  }

  private static void requireNothingLeft(Path folder) throws IOException {
    Path blobs = folder.resolve(BLOBS);
    if (Files.isDirectory(blobs)) {
      try (Stream<Path> left = Files.list(blobs)) {
        if (left.findAny().isPresent()) {
          throw new IllegalStateException(
              "the database of the store's home "
                  + folder
                  + " is gone, and the contents in its folder blobs are still there: restore"
                  + " meantime.db from a backup; nothing was changed");
        }
      }
    }
  }

  private static void requireAsked(Path folder, Creation creation) {
    if (creation == Creation.REFUSED) {
      throw new IllegalStateException(
          "there is no store in "
              + folder
              + ": if one was there before, mount or restore it; to begin an empty one, start once"
              + " with meantime.store.create=true");
    }
  }

  private void prepare() throws IOException {
    createFolder(blobs());
    createFolder(incoming());
    for (Path ours : List.of(folder, blobs(), incoming())) {
      protect(ours, OURS_FOLDER);
    }
    if (folder.toFile().getUsableSpace() < Reserve.BYTES / 4) {
      reserve.giveUp(); // to open the database takes some room
    }
    createFile(database()); // SQLite gives its other files the same mode
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        protect(file, OURS_FILE);
      }
    }
  }

  private static boolean hasModes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void protect(Path path, Set<PosixFilePermission> mode) throws IOException {
    if (hasModes(path) && !Files.getPosixFilePermissions(path).equals(mode)) {
      Files.setPosixFilePermissions(path, mode);
    }
  }

  /** Creates a folder that only this server may look into, where it is missing. */
  static Path createFolder(Path path) throws IOException {
    return Files.createDirectories(path, mode(path, OURS_FOLDER));
  }

  /** Creates an empty file that only this server may read, where it is missing. */
  static void createFile(Path path) throws IOException {
    try {
      Files.createFile(path, mode(path, OURS_FILE));
    } catch (FileAlreadyExistsException e) {
      // as it should be
    }
  }

  /** Opens a file that only this server may read. */
  static FileChannel openFile(Path path, OpenOption... options) throws IOException {
    return FileChannel.open(path, Set.of(options), mode(path, OURS_FILE));
  }

  private static FileAttribute<?>[] mode(Path path, Set<PosixFilePermission> mode) {
    return hasModes(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
        : new FileAttribute<?>[0];
  }

  private static FileChannel lock(Path folder) throws IOException {
    FileChannel channel =
        openFile(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      // an application of this very server has it: told below
    }
    channel.close();
    throw new IllegalStateException(
        "the store's home "
            + folder
            + " is in use by another server or application; give each its own meantime.store.home,"
            + " or where they share a server, meantime.<context path>.store.home");
  }

  /**
   * Sees to it, before the database is opened, that its log is there where it was not closed:
   * SQLite takes what is left for all there was.
   */
  void requireLog() {
    Path open = folder.resolve(OPEN);
    if (!Files.exists(open)) {
      return;
    }
    disk.step(
        () -> {
          if (!WriteAheadLog.isWhole(log(), folder.resolve(SHARED_MEMORY))) {
            throw new IllegalStateException(
                "the database of the store's home "
                    + folder
                    + " was not closed, and its log meantime.db-wal is gone or damaged: restore the"
                    + " log or a backup; to go on without what stood in it, remove "
                    + open
                    + "; nothing was changed");
          }
          // SQLite is about to bring the log into the database, and to delete it
          setOpen(false);
        });
  }

  /** Notes that the log has what the database has not, or that it has all. */
  void setOpen(boolean now) {
    disk.step(
        () -> {
          Path open = folder.resolve(OPEN);
          if (now) {
            createFile(open);
          } else {
            Files.deleteIfExists(open);
          }
          Blobs.sync(folder);
        });
  }

  /** All that must be there is open now. */
  void watch() {
    for (String file : List.of(DATABASE, LOG, LOCK, BLOBS + "/" + ID)) {
      presence.opened(asGiven.resolve(file)); // so a link to another folder shows, too
    }
  }

  /** Whether the open database lies in the folder, whatever else does. */
  boolean isDatabaseThere() {
    return presence.isThere(asGiven.resolve(DATABASE));
  }

  /** Whether what is open is what lies there. */
  Presence presence() {
    return presence;
  }

  private boolean isThere() {
    return Files.exists(blobs().resolve(ID)) && presence.isThere();
  }

  /**
   * Sees to it that the contents are those the database knows.
   *
   * @param database the id that stands in the database; none in a new one, and in one that builds
   *     before 1.0 made
   * @param hasFiles whether the database refers to content in files
   * @return the id of both
   */
  String identify(Optional<String> database, boolean hasFiles) {
    return disk.work(
        () -> {
          Optional<String> contents = readId();
          if (contents.isPresent()) {
            require(contents.get().equals(database.orElse(contents.get())));
            return contents.get();
          }
          // A new home, or one of an older build. A folder in which content was is not empty now.
          require(hasFiles ? database.isEmpty() && anyBlob() : database.isEmpty() || !anyBlob());
          String id = database.orElseGet(() -> UUID.randomUUID().toString());
          writeId(blobs(), id);
          return id;
        });
  }

  private void require(boolean together) {
    if (!together) {
      throw new IllegalStateException(
          "the database and the folder blobs of the store's home "
              + folder
              + " do not belong together: restore both from one backup; nothing was changed");
    }
  }

  private boolean anyBlob() throws IOException {
    try (Stream<Path> files = Files.list(blobs())) {
      return files.findAny().isPresent();
    }
  }

  /** Fails where the folder of contents is not the one that was identified. */
  static void requireId(Path blobs) throws IOException {
    if (!Files.exists(blobs.resolve(ID))) {
      throw new NoSuchFileException(blobs.toString());
    }
  }

  /** Whether that is the file of the id in the folder of contents. */
  boolean isId(Path file) {
    return file.equals(blobs().resolve(ID));
  }

  /** Marks a folder of contents, all that belongs into it being there, as that of this home. */
  void copyId(Path blobs) throws IOException {
    writeId(blobs, readId().orElseThrow(() -> new NoSuchFileException(ID)));
  }

  private Optional<String> readId() throws IOException {
    Path file = blobs().resolve(ID);
    return Optional.of(Files.exists(file) ? Files.readString(file).strip() : "")
        .filter(id -> !id.isEmpty()); // it is empty where the very first start crashed
  }

  private static void writeId(Path blobs, String id) throws IOException {
    try (FileChannel file =
        openFile(blobs.resolve(ID), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      Disk.write(file, ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.US_ASCII)));
      file.force(true);
    }
  }

  /** The folder that {@code setting} names, or where it names none, the server's data folder. */
  static Path locate(String setting) {
    if (!setting.isBlank()) {
      return Path.of(setting);
    }
    return Stream.of(
            fromProperty("jboss.server.data.dir", "meantime"),
            fromProperty("com.sun.aas.instanceRoot", "data/meantime"))
        .flatMap(stream -> stream)
        .findFirst()
        .orElseGet(() -> Path.of(System.getProperty("user.home"), ".meantime"));
  }

  private static Stream<Path> fromProperty(String name, String below) {
    return Stream.ofNullable(System.getProperty(name)).map(root -> Path.of(root).resolve(below));
  }

  Path folder() {
    return folder;
  }

  Path database() {
    return folder.resolve(DATABASE);
  }

  /** What was committed since it was last brought into the database. */
  Path log() {
    return folder.resolve(LOG);
  }

  /** Where content too big for the database lies. */
  Path blobs() {
    return folder.resolve(BLOBS);
  }

  /** Where content lies while it is received; on the same file system as the blobs. */
  Path incoming() {
    return folder.resolve("incoming");
  }

  /** Where operations under way are noted down. */
  Path journal() {
    return folder.resolve(JOURNAL);
  }

  /** The way to all of it. */
  Disk disk() {
    return disk;
  }

  /** The room that is kept for deleting. */
  Reserve reserve() {
    return reserve;
  }

  /** Holds the folder once more; false where another application has it by now. */
  boolean lockAgain() {
    try {
      lock = lock(folder);
      return true;
    } catch (IOException | IllegalStateException e) {
      return false;
    }
  }

  long usableSpace() {
    return disk.work(() -> Files.getFileStore(folder).getUsableSpace());
  }

  @Override
  public void close() {
    disk.step(lock::close);
  }
}
