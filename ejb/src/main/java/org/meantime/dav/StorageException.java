package org.meantime.dav;

/**
 * The server's own disk or database failed: never the client's fault, and nothing a client can
 * mend. Logged as an error, and answered with a 500 that tells no detail.
 */
public class StorageException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * What failed, for the log.
   *
   * @param what what could not be done
   */
  public StorageException(String what, Throwable cause) {
    super(what, cause);
  }
}
