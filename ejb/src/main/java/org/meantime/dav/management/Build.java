package org.meantime.dav.management;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import org.meantime.dav.StorageException;

/**
 * Which build this is. For administrators and users: who has no password is not told.
 *
 * @param commit of the sources; {@code unknown} where they came without their history
 */
public record Build(String version, String commit) {
  private static final Build CURRENT = read();

  /** The one that runs. */
  public static Build current() {
    return CURRENT;
  }

  private static Build read() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream("build.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new StorageException("build.properties cannot be read", e);
    }
    return new Build(properties.getProperty("version"), properties.getProperty("commit"));
  }

  @Override
  public String toString() {
    return version + ", commit " + commit;
  }
}
