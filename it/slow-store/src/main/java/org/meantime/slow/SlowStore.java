package org.meantime.slow;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meantime.dav.Depth;
import org.meantime.dav.Progress;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.BuiltIn;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.StagedTree;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeCopy;
import org.meantime.dav.store.TreeDelete;
import org.meantime.dav.store.TreeMove;
import org.meantime.dav.store.TreeReach;
import org.meantime.dav.store.Upload;

/**
 * The built-in store behind {@link Gates}. Each call passes the point of its name; each member of a
 * collection being listed passes {@code member}, the end of a list {@code membersEnd}, the dead
 * properties of a collection {@code deadProperties}, and each report of progress {@code progress}.
 */
@ApplicationScoped
public class SlowStore implements Store, TreeCopy, TreeMove, TreeDelete, TreeReach {
  private final Gates gates = new Gates();
  private Store store;

  SlowStore() {}

  @Inject
  SlowStore(@BuiltIn Store store) {
    this.store = store;
  }

  Gates gates() {
    return gates;
  }

  @PreDestroy
  void open() {
    gates.reset();
  }

  @Override
  public Optional<Resource> find(ResourcePath path) {
    gates.pass("find", path);
    return store
        .find(path)
        .map(found -> found instanceof CollectionResource c ? new SlowCollection(c, gates) : found);
  }

  @Override
  public ResourcePath spelling(ResourcePath path) {
    return store.spelling(path);
  }

  @Override
  public <T> T transaction(Supplier<T> step) {
    gates.pass("transaction");
    return store.transaction(step);
  }

  @Override
  public Upload receive(InputStream body, Progress progress) throws IOException {
    gates.pass("receive");
    return store.receive(body, new SlowProgress(progress, gates));
  }

  @Override
  public void put(ResourcePath path, Upload upload, DocumentInfo info) {
    gates.pass("put", path);
    store.put(path, upload, info);
  }

  @Override
  public void createCollection(ResourcePath path, String creator) {
    gates.pass("createCollection", path);
    store.createCollection(path, creator);
  }

  @Override
  public void update(ResourcePath path, List<PropertyUpdate> updates) {
    gates.pass("update", path);
    store.update(path, updates);
  }

  @Override
  public void delete(ResourcePath path) {
    gates.pass("delete", path);
    store.delete(path);
  }

  @Override
  public StagedTree stage(ResourcePath source, Depth depth, String creator, Progress progress) {
    gates.pass("stage", source);
    return ((TreeCopy) store).stage(source, depth, creator, new SlowProgress(progress, gates));
  }

  @Override
  public void move(ResourcePath source, ResourcePath destination) {
    gates.pass("move", source);
    ((TreeMove) store).move(source, destination);
  }

  @Override
  public boolean reachesBeyond(ResourcePath path, long segments, long bytes) {
    return ((TreeReach) store).reachesBeyond(path, segments, bytes);
  }

  @Override
  public void deleteTree(ResourcePath path) {
    gates.pass("deleteTree", path);
    ((TreeDelete) store).deleteTree(path);
  }
}
