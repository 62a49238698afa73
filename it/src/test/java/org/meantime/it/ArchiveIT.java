package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The archives bundle nothing that a server provides. */
class ArchiveIT {
  private static final Set<String> LIBRARIES = Set.of("flyway-core", "sqlite-jdbc");

  @Test
  void theWar_bundlesTheDatabaseAndItsMigrations() throws IOException {
    assertEquals(LIBRARIES, libraries(content("it.war"), "WEB-INF/lib/"));
    assertEquals(List.of(), foreign(content("it.war")));
  }

  @Test
  void theEar_bundlesTheSame() throws IOException {
    assertEquals(LIBRARIES, libraries(content("it.ear"), "lib/"));
    assertEquals(List.of(), foreign(content("it.ear")));
  }

  /** Whoever has an archive, or a server, can tell what it was built from. */
  @ParameterizedTest
  @ValueSource(strings = {"it.war", "it.ear"})
  void theManifest_namesTheBuild(String archive) throws IOException {
    try (JarFile jar = new JarFile(System.getProperty(archive))) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertTrue(manifest.getValue("Implementation-Version").matches("\\d+\\.\\d+.*"));
      String commit = manifest.getValue("Implementation-Build");
      assertTrue(commit.matches("[0-9a-f]{12}|unknown"), commit);
    }
  }

  private static List<String> content(String archive) throws IOException {
    List<String> names = new ArrayList<>();
    try (InputStream in = Files.newInputStream(Path.of(System.getProperty(archive)))) {
      list("", new ZipInputStream(in), names);
    }
    return names;
  }

  /** Adds the name of each entry, with those of the archives it is in before it. */
  private static void list(String outer, ZipInputStream zip, List<String> names)
      throws IOException {
    for (ZipEntry entry; (entry = zip.getNextEntry()) != null; ) {
      names.add(outer + entry.getName());
      if (entry.getName().matches(".*\\.[jw]ar")) {
        list(outer + entry.getName() + "!/", new ZipInputStream(zip), names);
      }
    }
  }

  /** Without our own and without versions. */
  private static Set<String> libraries(List<String> content, String folder) {
    return content.stream()
        .filter(name -> name.startsWith(folder) && name.endsWith(".jar"))
        .map(name -> name.substring(folder.length()).replaceFirst("(-\\d.*)?\\.jar$", ""))
        .filter(name -> !name.startsWith("meantime"))
        .collect(Collectors.toSet());
  }

  private static List<String> foreign(List<String> content) {
    return content.stream()
        .filter(name -> name.endsWith(".class"))
        .map(name -> name.replaceFirst(".*(!/|WEB-INF/classes/)", ""))
        .map(name -> name.replaceFirst("^META-INF/versions/\\d+/", ""))
        .filter(name -> !name.matches("org/(meantime|flywaydb|sqlite)/.*|module-info\\.class"))
        .toList();
  }
}
