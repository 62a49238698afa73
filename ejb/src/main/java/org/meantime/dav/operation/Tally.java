package org.meantime.dav.operation;

import java.util.Optional;
import java.util.OptionalLong;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;

/**
 * How far an operation is. Written by the thread at work, read by any: each number is one that was
 * true, though two of them not always at the same moment.
 */
public final class Tally implements Progress {
  private static final long UNKNOWN = -1;

  private volatile long expected = UNKNOWN;
  private volatile long members;
  private volatile long bytes;
  private volatile ResourcePath current;

  /** Nothing was done, nor ever will be. */
  Tally() {}

  /** Nothing was done yet to what is at that path. */
  Tally(ResourcePath target) {
    current = target;
  }

  @Override
  public void expect(long total) {
    expected = total;
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  public void member(ResourcePath current) {
    this.current = current;
    members++;
  }

  @Override
  @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
  public void bytes(long count) {
    bytes += count;
  }

  /** How many members the work will touch, where that is known. */
  public OptionalLong expected() {
    long total = expected;
    return total == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(total);
  }

  /** How many members were done. */
  public long members() {
    return members;
  }

  /** How many bytes of content were received or written. */
  public long bytes() {
    return bytes;
  }

  /** As draft-wright-http-progress has it: {@code done/total "current"}, as far as it is known. */
  String text() {
    StringBuilder text = new StringBuilder().append(members).append('/');
    expected().ifPresent(text::append);
    current().ifPresent(path -> text.append(" \"").append(path).append('"'));
    return text.toString();
  }

  /** The member in hand, or the last one. */
  public Optional<ResourcePath> current() {
    return Optional.ofNullable(current);
  }
}
