package org.meantime.dav.method;

import org.meantime.dav.DavException;
import org.meantime.dav.Progress;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.Status;
import org.meantime.dav.settings.Setting;
import org.meantime.dav.settings.Settings;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;
import org.meantime.dav.store.Store;
import org.meantime.dav.store.TreeReach;

/** What is copied or moved gets no path that is longer than a request may name. */
final class PathLimits {
  private final Store store;
  private final Settings settings;

  PathLimits(Store store, Settings settings) {
    this.store = store;
    this.settings = settings;
  }

  /**
   * Checks, outside any transaction, the paths that all below the source would get; that of the
   * destination itself was checked when it was parsed. A tree whose paths grow no longer is not
   * looked at. What comes below the source later is not seen: to look in the transaction would keep
   * all writers waiting for as long as a large tree takes.
   */
  void requireShort(Resource source, ResourcePath destination, Progress progress) {
    ResourcePath from = source.path();
    boolean longer =
        destination.segments().size() > from.segments().size()
            || destination.bytes() > from.bytes();
    if (longer && source instanceof CollectionResource) {
      long segments = settings.number(Setting.PATH_SEGMENTS) - destination.segments().size();
      long bytes = settings.number(Setting.PATH_MAX) - destination.bytes();
      requireReach(source, segments, bytes, progress);
    }
  }

  private void requireReach(Resource source, long segments, long bytes, Progress progress) {
    ResourcePath from = source.path();
    if (store instanceof TreeReach trees) {
      require(!trees.reachesBeyond(from, segments, bytes));
      return;
    }
    TreeWalk.over(
        source,
        member -> {
          progress.bytes(0); // or it could not be cancelled
          ResourcePath path = member.path();
          require(path.segments().size() - from.segments().size() <= segments);
          require(path.bytes() - from.bytes() <= bytes);
        });
  }

  private void require(boolean isShort) {
    if (!isShort) {
      throw new DavException(
          Status.URI_TOO_LONG,
          "a path below the destination would be over "
              + settings.number(Setting.PATH_SEGMENTS)
              + " segments or "
              + settings.number(Setting.PATH_MAX)
              + " bytes");
    }
  }
}
