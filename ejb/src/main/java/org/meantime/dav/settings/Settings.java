package org.meantime.dav.settings;

import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meantime.dav.ResourcePath;

/**
 * The values in force, each from the first place that gives it: MicroProfile Config, the system
 * properties, the environment ({@code MEANTIME_INTERIM_FIRST}), the context parameters of the web
 * application, the default. They are looked up once, when the application starts; an invalid value
 * stops the deployment with a message that names it. Whoever uses a setting that is {@linkplain
 * Setting#changeable changeable} asks each time, which is cheap, and keeps no copy. Any thread.
 */
@ApplicationScoped
public class Settings {
  private static final System.Logger LOG = System.getLogger(Settings.class.getName());

  private volatile Map<Setting, Value> values = Map.of();

  private record Value(Object parsed, String text, String origin) {}

  /** For the container; there are no values before {@link #begin}. */
  Settings() {}

  /** Reads the named values from {@code source}. */
  public Settings(Function<String, Optional<String>> source) {
    values = read("", List.of(Source.named("given", source)));
  }

  private static Map<Setting, Value> read(String application, List<Source> sources) {
    Map<Setting, Value> read = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      Source.Given given =
          names(setting, application)
              .flatMap(name -> sources.stream().flatMap(source -> source.find(name).stream()))
              .findFirst()
              .orElse(new Source.Given(setting.byDefault(), "default"));
      read.put(setting, value(setting, given));
    }
    return read;
  }

  /** The name for that application alone, where it has one, and the name for all. */
  private static Stream<String> names(Setting setting, String application) {
    String name = setting.key();
    return application.isEmpty()
        ? Stream.of(name)
        : Stream.of(name.replaceFirst("\\.", "." + application + "."), name);
  }

  private static Value value(Setting setting, Source.Given given) {
    return new Value(setting.parse(given.text()), given.text().strip(), given.origin());
  }

  /**
   * The application starts: all is read, last from {@code contextParameters}, and logged. {@link
   * IllegalArgumentException} names the value that is not valid.
   *
   * @param contextPath of the application; for {@code /docs} a {@code meantime.docs.store.home}
   *     comes before the {@code meantime.store.home} of all applications of the server
   */
  public void begin(String contextPath, Function<String, Optional<String>> contextParameters) {
    List<Source> sources = new ArrayList<>(Source.OF_THE_SERVER);
    sources.add(Source.named("context parameter", contextParameters));
    values = read(contextPath.replaceFirst("^/", "").replace('/', '.'), sources);
    values.forEach(
        (setting, value) ->
            LOG.log(Level.INFO, "{0} = {1} ({2})", setting.key(), value.text, value.origin));
  }

  /**
   * Gives a changeable setting another value until the application ends; {@link
   * IllegalArgumentException} says what is wrong with it, and then nothing is changed.
   *
   * @param origin who says so
   */
  public synchronized void change(Setting setting, String text, String origin) {
    if (!setting.changeable()) {
      throw new IllegalArgumentException(setting.key() + " is read when the application starts");
    }
    Value now = value(setting, new Source.Given(text, origin));
    Map<Setting, Value> all = new EnumMap<>(values);
    Value before = all.put(setting, now);
    values = all;
    LOG.log(Level.INFO, "{0} = {1} ({2}), was {3}", setting.key(), now.text, origin, before.text);
  }

  public Duration duration(Setting setting) {
    return (Duration) values.get(setting).parsed;
  }

  public long number(Setting setting) {
    return (Long) values.get(setting).parsed;
  }

  public Agents agents(Setting setting) {
    return (Agents) values.get(setting).parsed;
  }

  @SuppressWarnings("unchecked") // what the parser of such a setting returns
  public List<ResourcePath> paths(Setting setting) {
    return (List<ResourcePath>) values.get(setting).parsed;
  }

  /** The value as it was given. */
  public String text(Setting setting) {
    return values.get(setting).text;
  }

  /** Where the value is from. */
  public String origin(Setting setting) {
    return values.get(setting).origin;
  }
}
