package org.meantime.dav.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.Progress;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.repository.Database;
import org.meantime.dav.store.repository.RepositoryStore;

/** In a CDI container: which store serves. */
class StoresTest {
  @TempDir Path home;

  @Test
  void nothingBrought_isServedByTheBuiltInStore() {
    try (SeContainer container = start()) {
      Store store = container.select(Stores.class).get().store();
      assertTrue(store.find(ResourcePath.ROOT).isPresent());
      assertTrue(store instanceof TreeCopy);
    }
    try (SeContainer again = start()) {
      assertTrue(again.select(Stores.class).get().store().find(ResourcePath.ROOT).isPresent());
    }
  }

  @Test
  void storeBrought_servesAndTheBuiltInOneIsNotOpened() {
    try (SeContainer container = start(Brought.class)) {
      Store store = container.select(Stores.class).get().store();
      assertEquals(List.of(), store.find(ResourcePath.ROOT).orElseThrow().deadProperties());
      assertFalse(store instanceof TreeCopy);
      assertFalse(Files.exists(home.resolve("meantime.db")));
    }
  }

  @Test
  void twoStoresBrought_stopTheDeploymentByName() {
    RuntimeException refused;
    try (SeContainer container = start(Brought.class, BroughtToo.class)) {
      Stores stores = container.select(Stores.class).get();
      refused = assertThrows(RuntimeException.class, stores::store);
    }
    StringBuilder all = new StringBuilder();
    for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
      all.append(cause.getMessage()).append('\n');
    }
    assertTrue(all.toString().contains(Brought.class.getName()), all.toString());
    assertTrue(all.toString().contains(BroughtToo.class.getName()), all.toString());
  }

  private SeContainer start(Class<?>... brought) {
    System.setProperty("meantime.store.home", home.toString());
    System.setProperty("meantime.store.create", "true");
    try {
      SeContainer container =
          SeContainerInitializer.newInstance()
              .disableDiscovery()
              .addBeanClasses(Settings.class, Database.class, RepositoryStore.class, Stores.class)
              .addBeanClasses(brought)
              .initialize();
      container.select(Settings.class).get().begin("", name -> Optional.empty());
      return container;
    } finally {
      System.clearProperty("meantime.store.home");
      System.clearProperty("meantime.store.create");
    }
  }

  /** A store as an application brings it: a bean and nothing more. */
  @ApplicationScoped
  static class Brought implements Store {
    private final Store memory = new MemoryStore(Clock.systemUTC());

    @Override
    public Optional<Resource> find(ResourcePath path) {
      return memory.find(path);
    }

    @Override
    public <T> T transaction(Supplier<T> step) {
      return memory.transaction(step);
    }

    @Override
    public Upload receive(InputStream body, Progress progress) throws IOException {
      return memory.receive(body, progress);
    }

    @Override
    public void put(ResourcePath path, Upload upload, DocumentInfo info) {
      memory.put(path, upload, info);
    }

    @Override
    public void createCollection(ResourcePath path, String creator) {
      memory.createCollection(path, creator);
    }

    @Override
    public void update(ResourcePath path, List<PropertyUpdate> updates) {
      memory.update(path, updates);
    }

    @Override
    public void delete(ResourcePath path) {
      memory.delete(path);
    }
  }

  @ApplicationScoped
  static class BroughtToo extends Brought {}
}
