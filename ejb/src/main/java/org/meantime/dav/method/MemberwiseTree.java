package org.meantime.dav.method;

import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.DocumentResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCount;
import org.meantime.dav.store.TreeDelete;
import org.meantime.dav.store.Upload;

/**
 * Trees in a store that has no capability for them: member by member, each in a transaction of its
 * own. A member that fails does not stop the others; at the end a {@link PartialFailure} tells of
 * all that did. One that fails before anything was changed is thrown as it is. For one request.
 */
final class MemberwiseTree {
  private static final System.Logger LOG = System.getLogger(MemberwiseTree.class.getName());

  private final Store store;
  private final LockManager locks;
  private final Operation operation;

  MemberwiseTree(Store store, LockManager locks, Operation operation) {
    this.store = store;
    this.locks = locks;
    this.operation = operation;
  }

  /**
   * What follows is made for good as it goes along.
   *
   * @param times how often each resource of the tree will be visited
   */
  void begin(Resource root, Depth depth, int times) {
    operation.piecemeal();
    if (store instanceof TreeCount trees) {
      operation.expect(times * trees.count(root.path(), depth));
    }
  }

  /** Makes room for what is to take its place, in one step where the store can. */
  void clear(ResourcePath path) {
    if (store instanceof TreeDelete trees) {
      if (store.find(path).isPresent()) {
        trees.deleteTree(path);
      }
      locks.releaseTree(path);
    } else {
      store.find(path).ifPresent(this::delete);
    }
  }

  /** Deletes the resource and everything below it, from the leaves. */
  void delete(Resource root) {
    List<Failure> failures = new ArrayList<>();
    delete(root, failures);
    throwIfAny(failures, root.path());
  }

  private boolean delete(Resource resource, List<Failure> failures) {
    operation.member(resource.path());
    int before = failures.size();
    if (resource instanceof CollectionResource collection) {
      forEachMember(collection, member -> delete(member, failures));
    }
    // RFC 4918 §9.6.1: the ancestors of what could not be deleted stay, and need no mention
    return failures.size() == before
        && attempt(
            resource,
            resource.path(),
            failures,
            () -> {
              store.delete(resource.path());
              locks.releaseTree(resource.path());
            });
  }

  /** Copies the resource, and for infinity everything below it, to where nothing is. */
  void copy(Resource source, ResourcePath destination, Depth depth, String creator) {
    List<Failure> failures = new ArrayList<>();
    copy(source, destination, depth, new Copying(creator, failures));
    throwIfAny(failures, destination);
  }

  private record Copying(String creator, List<Failure> failures) {}

  private void copy(Resource source, ResourcePath to, Depth depth, Copying copying) {
    operation.member(source.path());
    if (source instanceof DocumentResource document) {
      copyDocument(document, to, copying);
    } else if (attempt(source, to, copying.failures(), () -> copyCollection(source, to, copying))
        && depth == Depth.INFINITY) {
      forEachMember(
          (CollectionResource) source,
          member -> copy(member, to.member(member.path().name()), depth, copying));
    }
  }

  private void copyCollection(Resource source, ResourcePath to, Copying copying) {
    store.createCollection(to, copying.creator());
    copyProperties(source, to);
  }

  private void copyDocument(DocumentResource source, ResourcePath to, Copying copying) {
    try (InputStream content = source.open(0, source.length());
        Upload upload = store.receive(content, operation)) {
      DocumentInfo info =
          new DocumentInfo(
              source.contentType().orElse(""),
              source.contentLanguage().orElse(""),
              copying.creator());
      attempt(
          source,
          to,
          copying.failures(),
          () -> {
            store.put(to, upload, info);
            copyProperties(source, to);
          });
    } catch (IOException | StorageException e) {
      LOG.log(Level.ERROR, "not copied, for it cannot be read: " + source.path(), e);
      DavException error = new DavException(Status.INTERNAL_SERVER_ERROR, "it cannot be read");
      copying.failures().add(new Failure(to, false, error));
    }
  }

  private void copyProperties(Resource source, ResourcePath to) {
    List<PropertyUpdate> updates = new ArrayList<>();
    source.deadProperties().forEach(property -> updates.add(new PropertyUpdate.Set(property)));
    if (!updates.isEmpty()) {
      store.update(to, updates);
    }
  }

  private static void forEachMember(CollectionResource collection, Consumer<Resource> action) {
    try (Stream<Resource> members = collection.members()) {
      for (Iterator<Resource> each = members.iterator(); each.hasNext(); ) {
        action.accept(each.next());
      }
    }
  }

  private boolean attempt(
      Resource resource, ResourcePath at, List<Failure> failures, Runnable change) {
    try {
      store.transaction(
          () -> {
            change.run();
            return null;
          });
      return true;
    } catch (StorageException e) {
      LOG.log(Level.ERROR, "not changed, for the storage failed: " + resource.path(), e);
      DavException error = new DavException(Status.INTERNAL_SERVER_ERROR, "the storage failed");
      failures.add(new Failure(at, resource instanceof CollectionResource, error));
      return false;
    } catch (DavException e) {
      if (e.status() == Status.SERVICE_UNAVAILABLE) {
        throw e; // cancelled, not failed
      }
      failures.add(new Failure(at, resource instanceof CollectionResource, e));
      return false;
    }
  }

  private static void throwIfAny(List<Failure> failures, ResourcePath root) {
    if (failures.size() == 1 && failures.get(0).path().equals(root)) {
      throw failures.get(0).error();
    }
    if (!failures.isEmpty()) {
      throw new PartialFailure(failures);
    }
  }
}
