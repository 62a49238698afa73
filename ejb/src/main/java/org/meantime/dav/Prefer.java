package org.meantime.dav;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client would like (RFC 7240): preferences that are not known or not well formed are
 * ignored, and of one that appears twice the first counts.
 *
 * @param processing interim responses, soon and with their progress (draft-wright-http-progress)
 * @param respondAsync a 202 rather than a long wait (RFC 7240 §4.1)
 * @param waiting how long the client will wait (RFC 7240 §4.3); whole seconds
 */
public record Prefer(boolean processing, boolean respondAsync, Optional<Duration> waiting) {
  /** The preferences of a request without a Prefer field. */
  public static final Prefer NOTHING = new Prefer(false, false, Optional.empty());

  /** In seconds, some 30 years. */
  private static final long LONGEST = 999_999_999;

  private static final Pattern WAIT = Pattern.compile("(?i)wait\\s*=\\s*\"?(\\d+)\"?");

  /** Parses the elements of a Prefer field, without the parameters some preferences have. */
  public static Prefer parse(List<String> elements) {
    List<String> names = elements.stream().map(Prefer::withoutParameters).toList();
    Optional<Duration> waiting =
        names.stream()
            .map(WAIT::matcher)
            .filter(Matcher::matches)
            .map(wait -> Duration.ofSeconds(Digits.number(wait.group(1), LONGEST)))
            .findFirst();
    return new Prefer(has(names, "processing"), has(names, "respond-async"), waiting);
  }

  private static String withoutParameters(String element) {
    int semicolon = element.indexOf(';');
    return semicolon < 0 ? element : element.substring(0, semicolon).strip();
  }

  /** True where somebody may look how far the work is. */
  public boolean progress() {
    return processing || respondAsync;
  }

  private static boolean has(List<String> names, String name) {
    return names.stream().anyMatch(name::equalsIgnoreCase);
  }
}
