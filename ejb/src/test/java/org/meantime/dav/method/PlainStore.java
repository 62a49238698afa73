package org.meantime.dav.method;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.meantime.dav.Progress;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.DocumentInfo;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.Upload;

/** A store without any capability, over one that may have them all. */
class PlainStore implements Store {
  private final Store store;

  PlainStore(Store store) {
    this.store = store;
  }

  @Override
  public Optional<Resource> find(ResourcePath path) {
    return store.find(path);
  }

  @Override
  public <T> T transaction(Supplier<T> step) {
    return store.transaction(step);
  }

  @Override
  public Upload receive(InputStream body, Progress progress) throws IOException {
    return store.receive(body, progress);
  }

  @Override
  public void put(ResourcePath path, Upload upload, DocumentInfo info) {
    store.put(path, upload, info);
  }

  @Override
  public void createCollection(ResourcePath path, String creator) {
    store.createCollection(path, creator);
  }

  @Override
  public void update(ResourcePath path, List<PropertyUpdate> updates) {
    store.update(path, updates);
  }

  @Override
  public void delete(ResourcePath path) {
    store.delete(path);
  }
}
