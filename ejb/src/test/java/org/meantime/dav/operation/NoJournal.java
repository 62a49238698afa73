package org.meantime.dav.operation;

import java.util.List;
import java.util.UUID;

/** Remembers nothing. */
class NoJournal implements Journal {
  @Override
  public List<Interrupted> interrupted() {
    return List.of();
  }

  @Override
  public void open(Entry entry) {}

  @Override
  public void mark(UUID id, Mark mark) {}

  @Override
  public void end(UUID id) {}

  @Override
  public void force() {}
}
