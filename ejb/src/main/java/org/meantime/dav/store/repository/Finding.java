package org.meantime.dav.store.repository;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with a store, and whether the check can put it right. */
enum Finding {
  /** SQLite says that the file of the database is damaged. */
  DATABASE(false),
  /** A resource that no path leads to, or a row that contradicts itself. */
  RESOURCE(false),
  /** A document says another length or entity tag than its content has: it is given these. */
  LENGTH(true),
  /** The content of a document is not there, or is not what was stored. */
  CONTENT(false),
  /** Content that no resource has and nothing would delete: it is given to the sweeper. */
  UNREFERRED(true),
  /** A file of content that the database does not know: it is deleted. */
  STRAY(true),
  /** What nobody of the store's has made, or cannot be looked at. */
  ODD(false),
  /** A lock on a path where there is nothing: it is removed. */
  LOCK(true);

  private final boolean repairable;

  Finding(boolean repairable) {
    this.repairable = repairable;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those of that name, each of which can be put right. */
  static Set<Finding> repairs(Set<String> names) {
    return names.stream().map(Finding::repair).collect(Collectors.toUnmodifiableSet());
  }

  private static Finding repair(String name) {
    return Arrays.stream(values())
        .filter(finding -> finding.repairable && finding.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(name + " is none of " + repairable() + " to repair"));
  }

  private static String repairable() {
    return Arrays.stream(values())
        .filter(finding -> finding.repairable)
        .map(Finding::toString)
        .collect(Collectors.joining(", "));
  }
}
