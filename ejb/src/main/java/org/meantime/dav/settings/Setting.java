package org.meantime.dav.settings;

import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meantime.dav.ResourcePath;

/**
 * Every setting there is: its name, its default, what a valid value is, and whether another may be
 * given to it while the application runs.
 */
public enum Setting {
  /** How long work goes on before its first 102. */
  INTERIM_FIRST("meantime.interim.first", "PT10S", true, Setting::positiveDuration),
  /** The time from one 102 to the next. */
  INTERIM_INTERVAL("meantime.interim.interval", "PT20S", true, Setting::positiveDuration),
  /** Whether 102s are sent: to whom it is no trouble, to all, to none. */
  INTERIM_MODE("meantime.interim.mode", "auto", true, oneOf("auto", "always", "never")),
  /** What becomes of 102s where a proxy is in between; a number is the most to be sent. */
  INTERIM_PROXY("meantime.interim.proxy", "withhold", true, Setting::proxy),
  /** User agents that get none. */
  INTERIM_REFUSE("meantime.interim.refuse", "measured", true, Agents::refused),
  /** User agents that get a few. */
  INTERIM_LIMIT("meantime.interim.limit", "measured", true, Agents::limited),
  /** Whether user agents that are on neither list get any. */
  INTERIM_UNKNOWN("meantime.interim.unknown", "send", true, oneOf("send", "withhold")),
  /** How long an operation may make no progress before it is stopped. */
  OPERATION_STALLED("meantime.operation.stalled", "PT5M", true, Setting::positiveDuration),
  /** How long an operation may take in all. */
  OPERATION_TIMEOUT("meantime.operation.timeout", "P1D", true, Setting::positiveDuration),
  /** How long the outcome of an operation can be asked for after its end. */
  OPERATION_KEEP("meantime.operation.keep", "PT1H", true, Setting::positiveDuration),
  /** The most operations that one page of the list of them has. */
  OPERATION_PAGE("meantime.operation.page", "200", true, Setting::positiveNumber),
  /** The most bytes that the kept results of a user may take; the oldest go first. */
  OPERATION_RESULTS_USER(
      "meantime.operation.results.user", "67108864", true, Setting::positiveNumber),
  /** The most bytes that all kept results may take; the oldest go first. */
  OPERATION_RESULTS("meantime.operation.results", "1073741824", true, Setting::positiveNumber),
  /** What becomes of a change whose client leaves; what only reads is always cancelled. */
  ON_DISCONNECT("meantime.on-disconnect", "continue", true, oneOf("continue", "cancel")),
  /** Whether a PROPFIND may ask for depth infinity; refused with 403 otherwise. */
  PROPFIND_INFINITY("meantime.propfind.infinity", "allow", true, oneOf("allow", "refuse")),
  /** Who asks for credentials: Meantime, for Basic ones, or the server, for those it wants. */
  CHALLENGE("meantime.challenge", "basic", true, oneOf("basic", "server")),
  /** The longest that credentials wait to be looked at where wrong ones came from; none at zero. */
  LOGIN_DELAY("meantime.login.delay", "PT8S", true, Setting::duration),
  /** Collections whose documents may run as pages of this server: raw paths below the root. */
  DOCUMENTS_RUN("meantime.documents.run", "", true, Setting::paths),
  /** For how long a browser that came over HTTPS shall come no other way; not told at zero. */
  HSTS("meantime.hsts", "PT0S", true, Setting::duration),
  /** The most bytes of XML in a request; more is a 413. */
  XML_MAX("meantime.xml.max", "1048576", true, Setting::positiveNumber),
  /** How long a client may send nothing of the content it is to send before it is given up. */
  CLIENT_IDLE("meantime.client.idle", "PT2M", true, Setting::positiveDuration),
  /** The most properties one request may name; more are a 403. */
  XML_NAMES("meantime.xml.names", "1000", true, Setting::positiveNumber),
  /** The most bytes of a header field other than If, over all its lines; more are a 431. */
  FIELD_MAX("meantime.field.max", "16384", true, Setting::positiveNumber),
  /** The most bytes of the If field; more are a 431. */
  IF_MAX("meantime.if.max", "65536", true, Setting::positiveNumber),
  /** The most bytes of a path, decoded; more are a 414. */
  PATH_MAX("meantime.path.max", "4096", true, Setting::positiveNumber),
  /** The most segments of a path; more are a 414. */
  PATH_SEGMENTS("meantime.path.segments", "255", true, Setting::positiveNumber),
  /** The most bytes of the value of a dead property; more are a 507. */
  PROPERTY_MAX("meantime.property.max", "65536", true, Setting::positiveNumber),
  /** The most bytes of all dead properties of a resource; more are a 507. */
  PROPERTIES_MAX("meantime.properties.max", "1048576", true, Setting::positiveNumber),
  /** The most bytes of the owner of a lock; more are a 403. */
  LOCK_OWNER("meantime.lock.owner", "8192", true, Setting::positiveNumber),
  /** The most shared locks that may protect a resource; one more is a 507. */
  LOCK_SHARED("meantime.lock.shared", "100", true, Setting::positiveNumber),
  /** The most locks a user may have; one more is a 507. */
  LOCK_USER("meantime.lock.user", "10000", true, Setting::positiveNumber),
  /** The longest a lock lasts without a refresh. */
  LOCK_TIMEOUT("meantime.lock.timeout", "PT1H", true, Setting::positiveDuration),
  /** The folder of the built-in store; empty for the server's own data folder. */
  STORE_HOME("meantime.store.home", "", false, text -> text),
  /** Whether that folder may become a store where there is none in it. */
  STORE_CREATE("meantime.store.create", "false", false, oneOf("false", "true")),
  /** For what part of the time a check or a backup of the store works, in percent. */
  STORE_CHECK_SHARE("meantime.store.check.share", "10", true, Setting::percentage),
  /** The JNDI name of the executor that runs long work. */
  EXECUTOR("meantime.executor", "java:app/concurrent/meantime", false, text -> text),
  /** The most requests that may be with the executor at once, at work or waiting; more are 503. */
  EXECUTOR_LIMIT("meantime.executor.limit", "256", true, Setting::positiveNumber),
  /**
   * The most of them that may be of one user, of those that joined another, and of those that
   * follow operations; more are 503.
   */
  EXECUTOR_USER("meantime.executor.user", "64", true, Setting::positiveNumber);

  /** So long that it never matters, and short enough to be counted in nanoseconds. */
  private static final Duration LONGEST = Duration.ofDays(36500);

  private final String key;
  private final String byDefault;
  private final boolean changeable;
  private final Function<String, Object> parser;

  Setting(String key, String byDefault, boolean changeable, Function<String, Object> parser) {
    this.key = key;
    this.byDefault = byDefault;
    this.changeable = changeable;
    this.parser = parser;
  }

  /** The name an administrator sets. */
  public String key() {
    return key;
  }

  /** Whether a new value holds from the next request on; the others are read once, at start-up. */
  public boolean changeable() {
    return changeable;
  }

  /** The value in force where nobody gave one. */
  public String byDefault() {
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
    return duration(text, Duration.ofNanos(1), "a positive ISO-8601 duration such as PT20S");
  }

  private static Object duration(String text) {
    return duration(text, Duration.ZERO, "an ISO-8601 duration such as PT20S, or PT0S for none");
  }

  private static Duration duration(String text, Duration least, String what) {
    Duration duration;
    try {
      duration = Duration.parse(text);
    } catch (RuntimeException e) {
      duration = Duration.ofNanos(-1);
    }
    if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("it takes " + what);
    }
    return duration;
  }

  /** As they stand in a URL, with white space between them. */
  private static Object paths(String text) {
    return Stream.of(text.split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(ResourcePath::parse)
        .toList();
  }

  private static Object positiveNumber(String text) {
    long number;
    try {
      number = Long.parseLong(text);
    } catch (NumberFormatException e) {
      number = 0;
    }
    if (number <= 0) {
      throw new IllegalArgumentException("it takes a positive whole number");
    }
    return number;
  }

  private static Object percentage(String text) {
    if (!text.matches("[1-9]\\d?|100")) {
      throw new IllegalArgumentException("it takes a whole number from 1 to 100");
    }
    return Long.valueOf(text);
  }

  private static Object proxy(String text) {
    return switch (text) {
      case "withhold" -> 0L;
      case "send" -> Long.MAX_VALUE;
      default -> {
        if (!text.matches("\\d{1,9}")) {
          throw new IllegalArgumentException("it takes withhold, send, or a number");
        }
        yield Long.valueOf(text);
      }
    };
  }

  private static Function<String, Object> oneOf(String... values) {
    return text -> {
      if (!Set.of(values).contains(text)) {
        throw new IllegalArgumentException("it takes one of " + String.join(", ", values));
      }
      return text;
    };
  }
}
