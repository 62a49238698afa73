package org.meantime.dav.settings;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * The values in force, read once when the application starts: from MicroProfile Config where the
 * server has it, else from a system property, else from the environment ({@code
 * MEANTIME_INTERIM_FIRST}). An invalid value stops the deployment with a message that names it.
 */
@ApplicationScoped
public class Settings {
  private static final System.Logger LOG = System.getLogger(Settings.class.getName());

  private final Map<Setting, Object> values = new EnumMap<>(Setting.class);

  /** For the container, which has its configuration read once the bean itself is made. */
  Settings() {}

  /** Reads the named values from {@code source}. */
  public Settings(Function<String, Optional<String>> source) {
    read(source);
  }

  @PostConstruct
  void read() {
    read(Settings::lookUp);
  }

  private void read(Function<String, Optional<String>> source) {
    for (Setting setting : Setting.values()) {
      Optional<String> given = source.apply(setting.key());
      values.put(setting, setting.parse(given.orElse(setting.byDefault())));
      LOG.log(
          Level.INFO,
          "{0} = {1}{2}",
          setting.key(),
          given.orElse(setting.byDefault()),
          given.isPresent() ? "" : " (default)");
    }
  }

  public Duration duration(Setting setting) {
    return (Duration) values.get(setting);
  }

  public long number(Setting setting) {
    return (Long) values.get(setting);
  }

  public String text(Setting setting) {
    return (String) values.get(setting);
  }

  private static Optional<String> lookUp(String key) {
    return configured(key)
        .or(() -> Optional.ofNullable(System.getProperty(key)))
        .or(() -> Optional.ofNullable(System.getenv(environmentName(key))))
        .filter(value -> !value.isBlank());
  }

  private static Optional<String> configured(String key) {
    try {
      return ConfigProvider.getConfig().getOptionalValue(key, String.class);
    } catch (IllegalStateException | NoClassDefFoundError e) {
      return Optional.empty(); // a server, or a test, without MicroProfile Config
    }
  }

  private static String environmentName(String key) {
    return key.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
