package org.meantime.dav.operation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Where it is written down which operations are under way, so that after a stop or a crash it can
 * be told what became of them. Any thread; never waits for a client or a transaction. One that
 * cannot be written to fails no request.
 */
public interface Journal {
  /** How far the changes of an operation are; without a mark, nothing was changed. */
  enum Mark {
    /** Changes are made one by one, each for good. */
    PIECEMEAL,
    /** All of its changes are being made for good, in one step. */
    DECIDED,
    /** They were made. */
    MADE
  }

  /**
   * One operation.
   *
   * @param base the raw URL path of the root of the store
   * @param target the href of its target
   * @param destination the href of its destination, for COPY and MOVE
   * @param agent the User-Agent of its client; may be empty
   */
  record Entry(
      UUID id,
      String method,
      String base,
      String target,
      Optional<String> destination,
      String user,
      String agent,
      Instant startedAt) {}

  /**
   * One that was under way when the server stopped.
   *
   * @param mark the last one it had
   */
  record Interrupted(Entry entry, Optional<Mark> mark) {}

  /** Those that were under way when the server stopped; told once, at the start. */
  List<Interrupted> interrupted();

  /** One can be asked for from now on. */
  void open(Entry entry);

  /** It came so far. */
  void mark(UUID id, Mark mark);

  /** It ended, and whoever asked was told. */
  void end(UUID id);

  /** What was written down survives a loss of power as well, when this returns. */
  void force();
}
