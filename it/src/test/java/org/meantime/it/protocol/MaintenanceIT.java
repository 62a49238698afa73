package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Jmx;

/** The store is checked and backed up from the command line while it is in use. */
@Tag("ours")
class MaintenanceIT extends Protocol {
  private static final String BIG = "content ".repeat(20_000);

  @TempDir Path folder;
  private Jmx jmx;
  private Path home;

  @BeforeEach
  void connect() throws IOException {
    jmx = Jmx.connect();
    home = Path.of(String.valueOf(jmx.get("Settings", "meantime.store.home")));
  }

  @AfterEach
  void disconnect() throws IOException {
    jmx.close();
  }

  private record Ended(int status, String output) {
    Ended is(int expected) {
      assertEquals(expected, status, output);
      return this;
    }

    Ended tells(String what) {
      assertTrue(output.contains(what), output);
      return this;
    }
  }

  /** As docs/store.md says: the jar is taken out of the archive, and nothing else is needed. */
  private Ended tool(String... arguments) throws IOException, InterruptedException {
    Path jar = folder.resolve("meantime-ejb.jar");
    if (Files.notExists(jar)) {
      extract(jar);
    }
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                "org.meantime.dav.management.StoreTool",
                Long.toString(jmx.jvm().pid())));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private static void extract(Path jar) throws IOException {
    try (JarFile war = new JarFile(System.getProperty("it.war"));
        InputStream in =
            war.getInputStream(
                war.stream()
                    .filter(entry -> entry.getName().matches("WEB-INF/lib/meantime-ejb.*\\.jar"))
                    .findAny()
                    .orElseThrow())) {
      Files.copy(in, jar);
    }
  }

  /** The file of that content, of a length that no other has. */
  private Path blob(String content) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("blobs"))) {
      return files.filter(it -> it.toFile().length() == content.length()).findAny().orElseThrow();
    }
  }

  @Test
  void damage_isFoundByACheckOfTheServerInUse() throws IOException, InterruptedException {
    Dav dav = Dav.inNewCollection();
    String content = BIG + "unique";
    dav.put("/a%20b", content).is(201);
    tool("check").is(0).tells("check: CLEAN, 0 found");
    Path file = blob(content);
    byte[] right = Files.readAllBytes(file);
    byte[] wrong = right.clone();
    wrong[1000] ^= 1;
    Files.write(file, wrong);
    tool("check").is(1).tells("not those that were stored").tells("/a%20b\n").tells("1 found");
    tool("status").is(1).tells("FINDINGS");
    CompositeData task = (CompositeData) jmx.get("Maintenance", "Task");
    assertEquals(1L, task.get("findings"));
    assertEquals(1, Files.readAllLines(Path.of((String) task.get("report"))).size());
    dav.get("/a%20b").is(500);
    Files.write(file, right); // as from a backup
    dav.get("/a%20b").is(200);

    Path stray = file.resolveSibling(file.getFileName().toString().replaceAll(".$", "x"));
    Path unknown = file.resolveSibling(other(file.getFileName().toString()));
    Files.copy(file, stray);
    Files.copy(file, unknown);
    tool("check").is(1).tells("odd: " + stray).tells("stray: " + unknown).tells("0 put right");
    tool("check", "stray", "lock").is(1).tells("1 put right");
    assertFalse(Files.exists(unknown));
    Files.delete(stray);
    tool("check").is(0);
  }

  private static String other(String hash) {
    return hash.substring(0, 63) + (hash.endsWith("0") ? '1' : '0');
  }

  @Test
  void backup_isTakenWhileOthersWrite() throws Exception {
    Dav dav = Dav.inNewCollection();
    dav.put("/big", BIG).is(201);
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(dav, over));
    Path copy = folder.resolve("copy");
    try {
      tool("backup", copy.toString()).is(0).tells("backup: CLEAN");
    } finally {
      over.set(true);
    }
    writer.get();
    assertTrue(Files.size(copy.resolve("meantime.db")) > 0);
    String id = Files.readString(home.resolve("blobs/meantime.id"));
    assertEquals(id, Files.readString(copy.resolve("blobs/meantime.id")));
    tool("backup", copy.toString()).is(2).tells("is not empty");
  }

  private static void write(Dav dav, AtomicBoolean over) {
    for (int i = 0; !over.get(); i++) {
      assertTrue(dav.put("/other", BIG + i).status() < 300);
      dav.request("COPY", "/big").header("Destination", dav.url("/c" + i)).send().is(201);
      dav.request("DELETE", "/c" + i).send().is(204);
    }
  }

  @Test
  void wrongUse_isTold() throws IOException, InterruptedException {
    tool().is(2).tells("usage:");
    tool("repair").is(2).tells("usage:");
    tool("check", "content").is(2).tells("length, unreferred, stray, lock");
    tool("backup", "relative").is(2).tells("absolute");
    tool("backup").is(2).tells("absolute");
  }
}
