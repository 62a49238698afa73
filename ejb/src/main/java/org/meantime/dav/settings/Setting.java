package org.meantime.dav.settings;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;

/** Every setting there is: its name, its default, and what a valid value is. */
public enum Setting {
  /** How long work goes on before its first 102. */
  INTERIM_FIRST("meantime.interim.first", "PT10S", Setting::positiveDuration),
  /** The time from one 102 to the next. */
  INTERIM_INTERVAL("meantime.interim.interval", "PT20S", Setting::positiveDuration),
  /** Whether a PROPFIND may ask for depth infinity; refused with 403 otherwise. */
  PROPFIND_INFINITY("meantime.propfind.infinity", "allow", oneOf("allow", "refuse")),
  /** The most bytes of XML in a request; more is a 413. */
  XML_MAX("meantime.xml.max", "1048576", Setting::positiveNumber),
  /** The longest a lock lasts without a refresh. */
  LOCK_TIMEOUT("meantime.lock.timeout", "PT1H", Setting::positiveDuration),
  /** The folder of the built-in store; empty for the server's own data folder. */
  STORE_HOME("meantime.store.home", "", text -> text),
  /** The JNDI name of the executor that runs long work. */
  EXECUTOR("meantime.executor", "java:app/concurrent/meantime", text -> text);

  private final String key;
  private final String byDefault;
  private final Function<String, Object> parser;

  Setting(String key, String byDefault, Function<String, Object> parser) {
    this.key = key;
    this.byDefault = byDefault;
    this.parser = parser;
  }

  /** The name an administrator sets. */
  public String key() {
    return key;
  }

  String byDefault() {
    return byDefault;
  }

  /** The value that text stands for; {@link IllegalArgumentException} says what is wrong. */
  Object parse(String text) {
    try {
      return parser.apply(text.strip());
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(key + "=" + text + " is not valid: " + e.getMessage(), e);
    }
  }

  private static Object positiveDuration(String text) {
    Duration duration = Duration.parse(text);
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a positive ISO-8601 duration such as PT20S");
    }
    return duration;
  }

  private static Object positiveNumber(String text) {
    long number = Long.parseLong(text);
    if (number <= 0) {
      throw new IllegalArgumentException("a positive whole number");
    }
    return number;
  }

  private static Function<String, Object> oneOf(String... values) {
    return text -> {
      if (!Set.of(values).contains(text)) {
        throw new IllegalArgumentException("one of " + String.join(", ", values));
      }
      return text;
    };
  }
}
