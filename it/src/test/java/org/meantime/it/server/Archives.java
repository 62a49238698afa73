package org.meantime.it.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * The archives the build made, ready to deploy. Each call gives the application an empty store and
 * the settings named there; every other setting has its default, but that wrong passwords, of which
 * tests send many, are not slowed down. Called from an {@code @Deployment(testable = false)}
 * method.
 */
public final class Archives {
  private Archives() {}

  public static WebArchive war() {
    return war(Map.of());
  }

  public static WebArchive war(Map<String, String> settings) {
    configure(settings);
    return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("it.war")));
  }

  public static EnterpriseArchive ear() {
    return ear(Map.of());
  }

  public static EnterpriseArchive ear(Map<String, String> settings) {
    configure(settings);
    return ShrinkWrap.createFromZipFile(
        EnterpriseArchive.class, new File(System.getProperty("it.ear")));
  }

  private static void configure(Map<String, String> settings) {
    try {
      Map<String, String> all = new HashMap<>(settings);
      Path home = Files.createTempDirectory(Server.folder(), "store-");
      all.putIfAbsent("meantime.store.home", home.toString());
      all.putIfAbsent("meantime.store.create", "true");
      all.putIfAbsent("meantime.login.delay", "PT0S");
      Container.current().configure(all);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
