package org.meantime.dav.store.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.store.repository.TestRepository.content;
import static org.meantime.dav.store.repository.TestRepository.path;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.dav.ResourcePath;
import org.meantime.dav.store.CollectionResource;
import org.meantime.dav.store.Resource;

/** Kills a process in the midst of its work, again and again, and looks at what it left. */
class CrashTest {
  private static final int ROUNDS = 3;
  private static final int MEMBERS = 1_200;

  @TempDir Path home;
  private final Map<String, String[]> put = new LinkedHashMap<>();
  private final Set<String> copied = new LinkedHashSet<>();
  private final Set<String> deleted = new LinkedHashSet<>();

  @Test
  void killedAgainAndAgain_keepsAllItAcknowledgedAndNothingHalf() throws Exception {
    plantSource();
    for (int round = 0; round < ROUNDS; round++) {
      runAndKill(round);
      assertWhole(round);
    }
    assertTrue(put.size() > ROUNDS && !deleted.isEmpty(), put.size() + " puts, " + deleted);
  }

  private void plantSource() {
    try (TestRepository repository = new TestRepository(home)) {
      repository.createCollection("/source");
      repository.put("/source/big", content(100_000, 1));
      repository.transaction(
          () -> {
            for (int i = 0; i < MEMBERS; i++) {
              repository.store.createCollection(path("/source/m" + i), "alice");
            }
          });
    }
  }

  private void runAndKill(int round) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process victim =
        new ProcessBuilder(
                java,
                "-cp",
                classes,
                CrashVictim.class.getName(),
                home.toString(),
                Integer.toString(round))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int left = 100 + new Random(round).nextInt(200);
    try (BufferedReader told = victim.inputReader(StandardCharsets.UTF_8)) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        note(line);
        if (--left == 0) {
          victim.toHandle().destroyForcibly(); // leaves the pipe to be read to its end
        }
      }
    }
    victim.waitFor();
    assertTrue(left <= 0, "the victim died by itself");
  }

  private void note(String line) {
    String[] words = line.split(" ");
    switch (words[0]) {
      case "put" -> put.put(words[1], words);
      case "copied" -> copied.add(words[1]);
      case "deleted" -> deleted.add(words[1]);
      default -> throw new IllegalStateException(line);
    }
  }

  private void assertWhole(int round) {
    try (TestRepository repository = new TestRepository(home)) {
      repository.assertSound();
      for (String[] words : put.values()) {
        if (!words[1].startsWith("/replaced")) {
          assertPut(repository, words);
        }
      }
      assertReplaced(repository, "/replaced" + round);
      assertCopies(repository);
      deleteCopies(repository);
      repository.pass(Duration.ofDays(365_000)); // the victim's clock was the real one
      repository.sweepAfterGrace();
      repository.assertSwept();
    }
  }

  private static void assertPut(TestRepository repository, String[] words) {
    byte[] expected = content(Integer.parseInt(words[2]), Long.parseLong(words[3]));
    assertArrayEquals(expected, repository.read(words[1]), words[1]);
  }

  /** The last acknowledged content, or the next one, which may just have been committed. */
  private void assertReplaced(TestRepository repository, String path) {
    String[] last = put.get(path);
    if (last == null) {
      return;
    }
    long seed = Long.parseLong(last[3]);
    byte[] found = repository.read(path);
    boolean acknowledged = Arrays.equals(content(length(seed), seed), found);
    assertTrue(acknowledged || Arrays.equals(content(length(seed + 1), seed + 1), found), path);
  }

  private static int length(long seed) {
    return seed % 2 == 0 ? 50 : 90_000;
  }

  private void deleteCopies(TestRepository repository) {
    copied.stream()
        .filter(repository::exists)
        .forEach(copy -> repository.transaction(() -> repository.store.deleteTree(path(copy))));
    copied.clear();
  }

  private void assertCopies(TestRepository repository) {
    for (String copy : copied) {
      assertFalse(deleted.contains(copy) && repository.exists(copy), copy);
      boolean mayBeDeleted = Integer.parseInt(copy.substring(copy.indexOf('-') + 1)) % 2 == 0;
      assertTrue(mayBeDeleted || repository.exists(copy), copy);
    }
    CollectionResource root =
        (CollectionResource) repository.store.find(ResourcePath.ROOT).orElseThrow();
    try (Stream<Resource> members = root.members()) {
      members
          .filter(CollectionResource.class::isInstance)
          .map(member -> member.path().toString())
          .forEach(tree -> assertEquals(MEMBERS + 1, repository.countBelow(tree), tree));
    }
  }
}
