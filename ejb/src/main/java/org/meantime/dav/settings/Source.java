package org.meantime.dav.settings;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.ConfigValue;

/** A place where settings are looked for. */
@FunctionalInterface
interface Source {
  /** The value of that name and where it is from; empty where this place has none. */
  Optional<Given> find(String key);

  /**
   * A value as it was given.
   *
   * @param origin the name of what gave it, for an administrator
   */
  record Given(String text, String origin) {}

  /** What the server has for every application, the strongest first. */
  List<Source> OF_THE_SERVER =
      List.of(
          Source::configuration,
          named("system property", key -> Optional.ofNullable(System.getProperty(key))),
          named("environment", key -> Optional.ofNullable(System.getenv(environmentName(key)))));

  /** A place that says values only; a blank one counts as none. */
  static Source named(String origin, Function<String, Optional<String>> values) {
    return key ->
        values.apply(key).filter(text -> !text.isBlank()).map(text -> new Given(text, origin));
  }

  private static Optional<Given> configuration(String key) {
    try {
      ConfigValue found = ConfigProvider.getConfig().getConfigValue(key);
      return Stream.ofNullable(found.getValue())
          .filter(text -> !text.isBlank())
          .map(text -> new Given(text, "MicroProfile Config: " + found.getSourceName()))
          .findFirst();
    } catch (IllegalStateException | NoClassDefFoundError e) {
      return Optional.empty(); // a server, or a test, without MicroProfile Config
    }
  }

  private static String environmentName(String key) {
    return key.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
