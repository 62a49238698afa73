package org.meantime.dav.store.repository;

import java.util.List;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.store.DocumentInfo;

/** The changes to the tree, each inside the transaction of one session, each checked first. */
final class Tree {
  private final Repository repository;
  private final ResourceTable resources;
  private final ContentTable contents;
  private final Session session;

  Tree(Repository repository, Session session) {
    this.repository = repository;
    this.session = session;
    this.resources = new ResourceTable(session);
    this.contents = new ContentTable(session);
  }

  void put(ResourcePath path, Received upload, DocumentInfo info) {
    Optional<Row> existing = resources.find(path);
    if (existing.isPresent()) {
      replace(existing.get(), upload, info);
    } else {
      Row parent = parent(path);
      long id = repository.ids().nextResource();
      Row empty = Row.collection(id, info.creator(), repository.now());
      resources.insert(empty.at(parent.id(), path.name()).with(content(upload), upload, info));
      touch(parent);
    }
  }

  private void replace(Row existing, Received upload, DocumentInfo info) {
    if (existing.isCollection()) {
      throw new DavException(Status.METHOD_NOT_ALLOWED, "a collection has that name");
    }
    long content = content(upload);
    resources.replaceContent(existing.with(content, upload, info).modifiedAt(repository.now()));
    if (content != existing.content()) {
      repository.orphan(session, existing.content());
    }
  }

  /** The id of the row of that content, which is inserted if it is new. */
  private long content(Received upload) {
    keep(upload);
    long known = contents.find(upload.sha256());
    if (known != 0) {
      return known;
    }
    long id = repository.ids().nextContent();
    contents.insert(id, upload);
    return id;
  }

  /** Pins the file until the row that refers to it is committed, whenever the upload is closed. */
  private void keep(Received upload) {
    if (upload.bytes().isEmpty()) {
      repository.blobs().pin(upload.sha256());
      repository.database().afterwards(() -> repository.blobs().unpin(upload.sha256()));
    }
  }

  void createCollection(ResourcePath path, String creator) {
    if (resources.find(path).isPresent()) {
      throw new DavException(Status.METHOD_NOT_ALLOWED, "the name is taken");
    }
    insert(Row.collection(repository.ids().nextResource(), creator, repository.now()), path);
  }

  /** Inserts the row at a path where nothing is. */
  void insert(Row row, ResourcePath path) {
    Row parent = vacant(path);
    resources.insert(row.at(parent.id(), path.name()));
    touch(parent);
  }

  void update(ResourcePath path, List<PropertyUpdate> updates) {
    Row row = existing(path);
    resources.replaceProperties(row.id(), PropertyText.update(row.properties(), updates));
    if (row.isCollection()) {
      touch(row);
    }
  }

  void delete(ResourcePath path) {
    Row row = removable(path);
    if (row.isCollection() && resources.hasMembers(row.id())) {
      throw RepositoryStore.conflict("the collection has members");
    }
    resources.delete(row.id());
    if (!row.isCollection()) {
      repository.orphan(session, row.content());
    }
  }

  void deleteTree(ResourcePath path) {
    resources.discard(removable(path).id());
  }

  void move(ResourcePath source, ResourcePath destination) {
    if (source.contains(destination)) {
      throw new DavException(Status.FORBIDDEN, "the destination lies below the source");
    }
    long id = removable(source).id();
    place(id, destination);
  }

  /** Puts the resource of that id, and what is below it, to a path where nothing is. */
  void place(long id, ResourcePath path) {
    Row parent = vacant(path);
    resources.place(id, parent.id(), path.name());
    touch(parent);
  }

  /** The resource at the path, about to leave its parent. */
  private Row removable(ResourcePath path) {
    if (path.isRoot()) {
      throw new DavException(Status.FORBIDDEN, "the root stays");
    }
    Row row = existing(path);
    resources.touch(row.parent(), repository.now());
    return row;
  }

  private Row existing(ResourcePath path) {
    return resources
        .find(path)
        .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no such resource"));
  }

  /** The parent of a path where nothing is. */
  private Row vacant(ResourcePath path) {
    if (resources.find(path).isPresent()) {
      throw RepositoryStore.conflict("the name is taken");
    }
    return parent(path);
  }

  private Row parent(ResourcePath path) {
    return resources
        .find(path.parent())
        .filter(Row::isCollection)
        .orElseThrow(() -> RepositoryStore.conflict("the parent is not a collection"));
  }

  private void touch(Row row) {
    resources.touch(row.id(), repository.now());
  }
}
