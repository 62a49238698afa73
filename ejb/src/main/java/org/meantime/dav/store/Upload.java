package org.meantime.dav.store;

/** Content received and not yet put. Closing it discards content that was not put. */
public interface Upload extends AutoCloseable {
  /** The length of the content in bytes. */
  long length();

  @Override
  void close();
}
