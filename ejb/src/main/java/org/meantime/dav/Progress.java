package org.meantime.dav;

/**
 * Where work tells how far it is and learns that it is to stop. Any call may throw a 503 {@link
 * DavException} when the operation was cancelled, the application is being undeployed or the server
 * stops: the caller lets it through and its transaction rolls back. May be called from any one
 * thread at a time; cheap enough to call per member and per buffer.
 */
public interface Progress {
  /** How many members the work will touch, once that is known cheaply. */
  void expect(long total);

  /** One more member is done; {@code current} is the one in hand. */
  void member(ResourcePath current);

  /** That many more bytes of content were received or written. */
  void bytes(long count);

  /** A progress nobody follows and nobody cancels. */
  Progress NONE =
      new Progress() {
        @Override
        public void expect(long total) {}

        @Override
        public void member(ResourcePath current) {}

        @Override
        public void bytes(long count) {}
      };
}
