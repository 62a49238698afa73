package org.meantime.dav.settings;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How many interim responses clients take, by their User-Agent; the first entry that is found in it
 * counts. The word {@code measured} in a setting stands for what {@code interim-agents.txt} has.
 */
public final class Agents {
  private static final String MEASURED = "measured";
  private static final int LONGEST_NAME = 512;
  private static final List<Entry> FILE = file();

  private final List<Entry> entries;

  private record Entry(Pattern agent, int limit) {
    static Entry of(String regex, String limit) {
      int number = Integer.parseInt(limit);
      if (number < 0) {
        throw new IllegalArgumentException(limit + " is no number of responses");
      }
      return new Entry(Pattern.compile(regex), number);
    }
  }

  private Agents(List<Entry> entries) {
    this.entries = entries;
  }

  /** Those to be sent none: regular expressions with white space between them. */
  static Agents refused(String text) {
    return parse(text, limit -> limit == 0, word -> Entry.of(word, "0"));
  }

  /** Those to be sent no more than that many: {@code regex=n} with white space between them. */
  static Agents limited(String text) {
    return parse(text, limit -> limit > 0, Agents::limit);
  }

  private static Entry limit(String word) {
    int equals = word.lastIndexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException(word + " lacks a number, such as " + word + "=5");
    }
    return Entry.of(word.substring(0, equals), word.substring(equals + 1));
  }

  private static Agents parse(String text, IntPredicate measured, Function<String, Entry> parser) {
    return new Agents(
        Stream.of(text.split("\\s+"))
            .filter(word -> !word.isEmpty())
            .flatMap(
                word ->
                    word.equals(MEASURED)
                        ? FILE.stream().filter(entry -> measured.test(entry.limit))
                        : Stream.of(parser.apply(word)))
            .toList());
  }

  private static List<Entry> file() {
    List<Entry> entries = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Agents.class.getResourceAsStream("interim-agents.txt"), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split("\\s+", 3);
          entries.add(Entry.of(words[1], words[0]));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("the archive cannot be read", e);
    }
    return List.copyOf(entries);
  }

  /**
   * The most that agent may be sent; empty where it is not listed. Only the beginning of a long
   * name is looked at: an expression may take time that grows faster than the text.
   */
  public OptionalInt find(String agent) {
    String name = agent.substring(0, Math.min(agent.length(), LONGEST_NAME));
    return entries.stream()
        .filter(entry -> entry.agent.matcher(name).find())
        .mapToInt(Entry::limit)
        .findFirst();
  }
}
