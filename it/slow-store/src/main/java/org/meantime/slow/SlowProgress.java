package org.meantime.slow;

import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;

/** Tells progress past {@code progress}: before a member or a buffer counts, it passes there. */
record SlowProgress(Progress progress, Gates gates) implements Progress {
  @Override
  public void expect(long total) {
    progress.expect(total);
  }

  @Override
  public void member(ResourcePath current) {
    gates.pass("progress", current);
    progress.member(current);
  }

  @Override
  public void bytes(long count) {
    gates.pass("progress");
    progress.bytes(count);
  }
}
