package org.meantime.dav.store.repository;

import java.util.List;
import java.util.Optional;
import org.meantime.dav.DavException;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.GivenDates;
import org.meantime.dav.store.repository.ContentTable.Stored;

/**
 * The changes to the tree, each inside the transaction of one session, each checked first. What a
 * path leads to afterwards is noted, or that many lead elsewhere.
 */
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
    Optional<Row> existing = repository.find(path);
    if (existing.isPresent()) {
      replace(path, existing.get(), upload, info);
    } else {
      Row empty = Row.collection(repository.ids().nextResource(), info.creator(), repository.now());
      add(empty.with(content(upload), upload, info), path, parent(path));
    }
  }

  private void replace(ResourcePath path, Row existing, Received upload, DocumentInfo info) {
    if (existing.isCollection()) {
      throw new DavException(Status.METHOD_NOT_ALLOWED, "a collection has that name");
    }
    long content = content(upload);
    Row row = existing.with(content, upload, info).modifiedAt(repository.now());
    resources.replaceContent(row);
    repository.changed(path, Optional.of(row));
    if (content != existing.content()) {
      repository.orphan(session, existing.content());
    }
  }

  /** The id of the row of that content, which is inserted where it is new, else put right. */
  private long content(Received upload) {
    keep(upload);
    long id = repository.ids().nextContent();
    if (contents.insert(id, upload)) {
      return id;
    }
    long there = contents.find(upload.sha256());
    if (!contents.holds(there, upload)) {
      Stored right = contents.replace(there, upload);
      repository.database().changed(new ContentTable.Id(there), Optional.of(right));
    }
    return there;
  }

  /** Pins the file until the row that refers to it is committed, whenever the upload is closed. */
  private void keep(Received upload) {
    if (upload.bytes().isEmpty()) {
      repository.blobs().pin(upload.sha256());
      repository.database().afterwards(() -> repository.blobs().unpin(upload.sha256()));
    }
  }

  void createCollection(ResourcePath path, String creator) {
    if (repository.find(path).isPresent()) {
      throw new DavException(Status.METHOD_NOT_ALLOWED, "the name is taken");
    }
    insert(Row.collection(repository.ids().nextResource(), creator, repository.now()), path);
  }

  /** Inserts the row at a path where nothing is. */
  void insert(Row row, ResourcePath path) {
    add(row, path, vacant(path));
  }

  private void add(Row row, ResourcePath path, Row parent) {
    Row member = row.at(parent.id(), path.name());
    resources.insert(member);
    repository.changed(path, Optional.of(member));
    touch(parent, path.parent());
  }

  void update(ResourcePath path, List<PropertyUpdate> updates) {
    Row row = existing(path);
    Row updated = row.withProperties(PropertyText.update(row.properties(), updates));
    resources.replaceProperties(updated);
    repository.changed(path, Optional.of(updated));
    if (row.isCollection() && row.givenDates().modified().isEmpty()) {
      touch(updated, path);
    }
  }

  void giveLanguages(ResourcePath path, String contentLanguage) {
    Row row = existing(path).inLanguages(contentLanguage);
    resources.replaceLanguages(row);
    repository.changed(path, Optional.of(row));
  }

  void giveDates(ResourcePath path, GivenDates dates) {
    Row row = existing(path).with(dates);
    resources.replaceDates(row);
    repository.changed(path, Optional.of(row));
  }

  void delete(ResourcePath path) {
    Row row = removable(path);
    if (row.isCollection() && resources.hasMembers(row.id())) {
      throw RepositoryStore.conflict("the collection has members");
    }
    resources.delete(row.id());
    repository.changed(path, Optional.empty());
    if (!row.isCollection()) {
      repository.orphan(session, row.content());
    }
  }

  void deleteTree(ResourcePath path) {
    resources.discard(removable(path).id());
    repository.database().allChanged();
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
    touch(parent, path.parent());
    repository.database().allChanged();
  }

  /** The resource at the path, about to leave its parent. */
  private Row removable(ResourcePath path) {
    if (path.isRoot()) {
      throw new DavException(Status.FORBIDDEN, "the root stays");
    }
    Row row = existing(path);
    touch(parent(path), path.parent());
    return row;
  }

  private Row existing(ResourcePath path) {
    return repository
        .find(path)
        .orElseThrow(() -> new DavException(Status.NOT_FOUND, "there is no such resource"));
  }

  /** The parent of a path where nothing is. */
  private Row vacant(ResourcePath path) {
    if (repository.find(path).isPresent()) {
      throw RepositoryStore.conflict("the name is taken");
    }
    return parent(path);
  }

  private Row parent(ResourcePath path) {
    return repository
        .find(path.parent())
        .filter(Row::isCollection)
        .orElseThrow(() -> RepositoryStore.conflict("no collection is there to be the parent"));
  }

  private void touch(Row row, ResourcePath path) {
    Row touched = row.modifiedAt(repository.now());
    resources.replaceDates(touched);
    repository.changed(path, Optional.of(touched));
  }
}
