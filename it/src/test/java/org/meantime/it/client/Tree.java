package org.meantime.it.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A folder of files to give to a client, with the names that are trouble. */
final class Tree {
  private static final List<String> NAMES =
      List.of("plain", "two words", "ünïcödé", "50%", "a+b", "semi;colon", "hash#tag", "q&a=?");

  private Tree() {}

  /** Creates a folder with that many files, a few levels deep; the same every time. */
  static Path create(Path folder, int files) throws IOException {
    Random random = new Random(files);
    for (int i = 0; i < files; i++) {
      String name = NAMES.get(i % NAMES.size());
      Path parent = folder.resolve("d" + i % 5).resolve(name + " d" + i % 3);
      byte[] content = new byte[random.nextInt(20_000)];
      random.nextBytes(content);
      Files.write(Files.createDirectories(parent).resolve(name + i), content);
    }
    return folder;
  }

  /** The files below a folder and their sizes, in order. */
  static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file) + " " + file.toFile().length())
          .sorted()
          .toList();
    }
  }
}
