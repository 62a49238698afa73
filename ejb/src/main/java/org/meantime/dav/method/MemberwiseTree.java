package org.meantime.dav.method;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.meantime.dav.DavException;
import org.meantime.dav.Depth;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.StorageException;
import org.meantime.dav.lock.LockManager;
import org.meantime.dav.method.PartialFailure.Failure;
import org.meantime.dav.operation.Operation;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DateKeeping;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCount;
import org.meantime.dav.store.TreeDelete;
import org.meantime.dav.store.Upload;

/**
 * Trees in a store that has no capability for them: member by member, each in a transaction of its
 * own, where it is checked again. A member that fails does not stop the others; at the end a {@link
 * PartialFailure} tells of all that did. A request that fails before anything was changed is thrown
 * as it is. For one request.
 */
final class MemberwiseTree {
  private static final System.Logger LOG = System.getLogger(MemberwiseTree.class.getName());

  private final Store store;
  private final LockManager locks;
  private final Operation operation;
  private final StepCheck check;
  private final List<Failure> failures = new ArrayList<>();
  private boolean replaced;

  MemberwiseTree(Store store, LockManager locks, Operation operation, StepCheck check) {
    this.store = store;
    this.locks = locks;
    this.operation = operation;
    this.check = check;
  }

  /** What follows is made for good as it goes along. */
  void begin(Resource root, Depth depth) {
    operation.piecemeal();
    if (store instanceof TreeCount trees) {
      operation.expect(trees.count(root.path(), depth));
    }
  }

  /** Makes room, inside a transaction, for what is to take its place. */
  void clear(ResourcePath path) {
    Optional<Resource> there = store.find(path);
    if (there.isPresent() && store instanceof TreeDelete trees) {
      trees.deleteTree(path);
    } else {
      there.ifPresent(old -> another().delete(old));
    }
    locks.releaseTree(path);
  }

  /** Deletes before that transaction what has members, which may be many. */
  private void clearMembers(ResourcePath path) {
    if (!(store instanceof TreeDelete)
        && store.find(path).orElse(null) instanceof CollectionResource old) {
      MemberwiseTree members = another();
      members.forEachMember(old, members::deleteTree);
      members.throwIfAny(Set.of());
    }
  }

  private MemberwiseTree another() {
    return new MemberwiseTree(store, locks, operation, check);
  }

  /** Deletes the resource and everything below it, from the leaves. */
  void delete(Resource root) {
    deleteTree(root);
    throwIfAny(Set.of(root.path()));
  }

  private void deleteTree(Resource resource) {
    operation.member(resource.path());
    int before = failures.size();
    if (resource instanceof CollectionResource collection) {
      forEachMember(collection, this::deleteTree);
    }
    if (failures.size() == before) {
      deleteAlone(resource);
    } // else RFC 4918 §9.6.1: the ancestors of what could not be deleted stay, and need no mention
  }

  private void deleteAlone(Resource resource) {
    ResourcePath path = resource.path();
    step(resource, path, List.of(path), () -> remove(path));
  }

  /** Deletes what is there, if anything still is; not the members that came meanwhile. */
  private void remove(ResourcePath path) {
    Optional<Resource> there = store.find(path);
    if (there.orElse(null) instanceof CollectionResource collection) {
      try (Stream<Resource> members = collection.members()) {
        require(members.findAny().isEmpty(), "a member came meanwhile");
      }
    }
    if (there.isPresent()) {
      store.delete(path);
    }
    locks.releaseTree(path);
  }

  /**
   * Copies the resource, and for infinity everything below it, in the place of what is at the
   * destination; true where something was.
   */
  boolean copy(Resource source, ResourcePath destination, Depth depth, String creator) {
    return transfer(source, new Transfer(source.path(), destination, depth, creator, false));
  }

  /**
   * Moves the resource and everything below it in the place of what is at the destination, each
   * document in one step; true where something was replaced.
   */
  boolean move(Resource source, ResourcePath destination, String creator) {
    return transfer(
        source, new Transfer(source.path(), destination, Depth.INFINITY, creator, true));
  }

  /** A COPY, or a MOVE. */
  private record Transfer(
      ResourcePath from, ResourcePath to, Depth depth, String creator, boolean moves) {
    /** What fails where a step does: what does not come, or what stays. */
    ResourcePath failing(Resource source, ResourcePath to) {
      return moves ? source.path() : to;
    }
  }

  private boolean transfer(Resource source, Transfer transfer) {
    clearMembers(transfer.to());
    transferTree(source, transfer);
    throwIfAny(Set.of(transfer.from(), transfer.to()));
    return replaced;
  }

  private void transferTree(Resource source, Transfer transfer) {
    operation.member(source.path());
    int before = failures.size();
    if (source instanceof DocumentResource document) {
      transferDocument(document, transfer);
    } else if (placeCollection(source, transfer)) {
      if (transfer.depth() == Depth.INFINITY) {
        forEachMember((CollectionResource) source, member -> transferTree(member, transfer));
      }
      copyDatesOfCollection(source, transfer);
      if (transfer.moves() && failures.size() == before) {
        deleteAlone(source);
      }
    }
  }

  private boolean placeCollection(Resource source, Transfer transfer) {
    ResourcePath to = source.path().rebase(transfer.from(), transfer.to());
    return step(
        source,
        transfer.failing(source, to),
        List.of(to),
        () -> {
          makeRoom(to, transfer);
          store.createCollection(to, transfer.creator());
          copyProperties(source, to);
        });
  }

  private void transferDocument(DocumentResource source, Transfer transfer) {
    ResourcePath to = source.path().rebase(transfer.from(), transfer.to());
    List<ResourcePath> writes = transfer.moves() ? List.of(source.path(), to) : List.of(to);
    try (Upload upload = receive(source)) {
      step(
          source,
          transfer.failing(source, to),
          writes,
          () -> placeDocument(source, upload, to, transfer));
    } catch (IOException | StorageException e) {
      LOG.log(Level.ERROR, "left where it is, for it cannot be read: " + source.path(), e);
      failures.add(new Failure(source.path(), false, error("it cannot be read")));
    } catch (DavException e) {
      keep(new Failure(transfer.failing(source, to), false, e));
    }
  }

  private Upload receive(DocumentResource source) throws IOException {
    try (InputStream content = source.open(0, source.length())) {
      return store.receive(content, operation);
    }
  }

  private void placeDocument(
      DocumentResource source, Upload upload, ResourcePath to, Transfer transfer) {
    // a copy is of the source as it was; of what moves, nothing may be lost
    DocumentResource document = transfer.moves() ? unchanged(source) : source;
    makeRoom(to, transfer);
    store.put(
        to,
        upload,
        new DocumentInfo(
            document.contentType().orElse(""),
            document.contentLanguage().orElse(""),
            transfer.creator()));
    copyProperties(document, to);
    copyDates(document, to);
    if (transfer.moves()) {
      remove(source.path());
    }
  }

  private DocumentResource unchanged(DocumentResource source) {
    Optional<DocumentResource> there =
        store
            .find(source.path())
            .filter(DocumentResource.class::isInstance)
            .map(DocumentResource.class::cast)
            .filter(it -> it.entityTag().equals(source.entityTag()));
    require(there.isPresent(), "it was changed meanwhile");
    return there.orElseThrow();
  }

  /** The destination is replaced as it is now; below it, nobody else was to put anything. */
  private void makeRoom(ResourcePath path, Transfer transfer) {
    if (path.equals(transfer.to())) {
      replaced = store.find(path).isPresent();
      clear(path);
    } else {
      require(store.find(path).isEmpty(), "something came there meanwhile");
      require(Prologue.isCollection(store, path.parent()), "the parent was deleted meanwhile");
    }
  }

  private void copyProperties(Resource source, ResourcePath to) {
    List<PropertyUpdate> updates = new ArrayList<>();
    source.deadProperties().forEach(property -> updates.add(new PropertyUpdate.Set(property)));
    if (!updates.isEmpty()) {
      store.update(to, updates);
    }
  }

  private void copyDates(Resource source, ResourcePath to) {
    if (store instanceof DateKeeping dates) {
      dates.giveDates(to, source.givenDates());
    }
  }

  /** Once its members have come, each of which modifies it. */
  private void copyDatesOfCollection(Resource source, Transfer transfer) {
    ResourcePath to = source.path().rebase(transfer.from(), transfer.to());
    if (!source.givenDates().equals(GivenDates.NONE)) {
      step(source, transfer.failing(source, to), List.of(to), () -> copyDates(source, to));
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new DavException(Status.CONFLICT, otherwise);
    }
  }

  private void forEachMember(CollectionResource collection, Consumer<Resource> action) {
    try (Stream<Resource> members = collection.members()) {
      for (Iterator<Resource> each = members.iterator(); each.hasNext(); ) {
        action.accept(each.next());
      }
    } catch (StorageException e) {
      LOG.log(Level.ERROR, "its members cannot be listed: " + collection.path(), e);
      failures.add(new Failure(collection.path(), true, error("it cannot be listed")));
    }
  }

  /**
   * A change in a transaction of its own; false where it failed, as is told at the end.
   *
   * @param at what fails where it fails
   */
  private boolean step(
      Resource resource, ResourcePath at, List<ResourcePath> writes, Runnable change) {
    boolean collection = resource instanceof CollectionResource;
    try {
      store.transaction(
          () -> {
            check.check(writes);
            change.run();
            return null;
          });
      check.changed();
      return true;
    } catch (StorageException e) {
      LOG.log(Level.ERROR, "not changed, for the storage failed: " + resource.path(), e);
      failures.add(new Failure(at, collection, error("the storage failed")));
    } catch (DavException e) {
      keep(new Failure(at, collection, e));
    }
    return false;
  }

  private static DavException error(String reason) {
    return new DavException(Status.INTERNAL_SERVER_ERROR, reason);
  }

  /** Throws instead what is about the whole request: it was refused, stopped, or cannot begin. */
  private void keep(Failure failure) {
    DavException error = failure.error();
    boolean whole =
        !check.hasPassed()
            || error instanceof PartialFailure
            || error.status() == Status.SERVICE_UNAVAILABLE;
    if (whole) {
      throw error;
    }
    failures.add(failure);
  }

  private void throwIfAny(Set<ResourcePath> roots) {
    if (failures.size() == 1 && roots.contains(failures.get(0).path())) {
      throw failures.get(0).error();
    }
    if (!failures.isEmpty()) {
      throw new PartialFailure(failures);
    }
  }
}
