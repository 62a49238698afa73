package org.meantime.dav.store.repository;

import java.util.concurrent.atomic.AtomicLong;

/** Hands out the ids of new rows, each one once. */
final class Ids {
  private final AtomicLong resource;
  private final AtomicLong content;
  private final AtomicLong orphan;

  /** Goes on from the highest ids there are. */
  Ids(Session session) {
    ContentTable contents = new ContentTable(session);
    resource = new AtomicLong(new ResourceTable(session).lastId());
    content = new AtomicLong(contents.lastId());
    orphan = new AtomicLong(contents.lastOrphan());
  }

  long nextResource() {
    return resource.incrementAndGet();
  }

  long nextContent() {
    return content.incrementAndGet();
  }

  long nextOrphan() {
    return orphan.incrementAndGet();
  }
}
