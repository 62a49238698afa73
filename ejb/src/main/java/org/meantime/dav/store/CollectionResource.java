package org.meantime.dav.store;

import java.util.stream.Stream;

/** A resource that has members. */
public non-sealed interface CollectionResource extends Resource {
  /**
   * The members as they come, in no promised order, fetched while the stream is read: a collection
   * may have millions. Members that come or go meanwhile may or may not show; no other shows twice
   * or is left out. The caller closes the stream and may hold it open for as long as a slow client
   * takes, so it must not keep a transaction open. A collection that is deleted meanwhile must not
   * look as if it were empty, or smaller than it was: this, or the stream, throws a {@link
   * GoneException}.
   */
  Stream<Resource> members();
}
