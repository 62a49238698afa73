package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Programs at long work: what PROTOCOL.md says each is sent. */
final class Programs {
  private static final long SECONDS = Client.PATIENCE.toSeconds();

  private Programs() {}

  static Stream<Client> clients() {
    return Stream.of(
        new Client("curl, COPY", "stage/a", Client.ANY, false, Programs::curlCopy),
        new Client("curl, PROPFIND", "deadProperties/a", Client.ANY, false, Programs::curlList),
        new Client("curl, PUT", "transaction", Client.ANY, false, Programs::curlPut),
        new Client("cadaver, COPY", "stage/a", Client.ANY, true, Programs::cadaver),
        new Client("davfs2, MOVE", "transaction", Client.ANY, true, Programs::davfsMove),
        new Client("davfs2, PUT", "transaction", Client.ANY, false, Programs::davfsPut),
        new Client("rclone, COPY", "stage/d", 5, false, Programs::rclone),
        new Client("node, COPY", "stage/a", Client.ANY, true, Programs::nodeCopy),
        new Client("node, PROPFIND", "deadProperties/a", Client.ANY, true, Programs::nodeList),
        new Client("requests, COPY", "stage/a", 0, false, Programs::requestsCopy),
        new Client("requests, PROPFIND", "deadProperties/a", 0, false, Programs::requestsList));
  }

  private static void curlCopy(Site site) {
    Tool curl = Tool.find("curl");
    curl(curl, site, 201, "-X", "COPY", "-H", "Destination: " + site.url("/b/"), site.url("/a/"));
    assertEquals("member", site.dav().get("/b/member").text());
  }

  private static void curlList(Site site) {
    curl(Tool.find("curl"), site, 207, "-X", "PROPFIND", "-H", "Depth: 1", site.url("/a/"));
  }

  private static void curlPut(Site site) throws IOException {
    Tool curl = Tool.find("curl");
    Path file = Files.writeString(curl.folder().resolve("b"), "b");
    curl(curl, site, 201, "-T", file.toString(), site.url("/b"));
    assertEquals("b", site.dav().get("/b").text());
  }

  private static void curl(Tool curl, Site site, int status, String... slow) {
    String login = site.username() + ":" + site.password();
    List<String> arguments =
        new ArrayList<>(List.of("-sSv", "-u", login, "-w", "\nslow %{http_code}\n"));
    arguments.addAll(List.of(slow));
    arguments.addAll(List.of("--next", "-sS", "-u", login, "-w", "\nnext %{http_code}\n"));
    arguments.add(site.url("/d"));
    List<String> lines = curl.run(arguments.toArray(String[]::new)).lines().toList();
    assertTrue(lines.contains("< HTTP/1.1 102 Processing"), lines::toString);
    assertTrue(lines.contains("slow " + status), lines::toString);
    assertTrue(lines.containsAll(List.of("content", "next 200")), lines::toString);
  }

  /** Its time-out is two minutes and cannot be set; so its time goes faster. */
  private static void cadaver(Site site) throws IOException {
    Tool faketime = Tool.find("faketime");
    Tool.find("cadaver");
    String login =
        "machine 127.0.0.1 login %s password %s\n".formatted(site.username(), site.password());
    Files.writeString(faketime.folder().resolve(".netrc"), login);
    String faster = "+0 x" + 120 / SECONDS;
    List<String> commands = List.of("copy a b", "get d");
    String output = faketime.run(commands, "-f", faster, "cadaver", site.url("/"));
    assertFalse(output.contains("failed"), output);
    assertEquals("content", Files.readString(faketime.folder().resolve("d")));
    assertEquals("member", site.dav().get("/b/member").text());
  }

  private static void davfsMove(Site site) throws IOException {
    try (Mounted there = mounted(site)) {
      Tool.find("mv").run(there.path("a"), there.path("b"));
      assertEquals("content", Files.readString(Path.of(there.path("d"))));
    }
    site.dav().get("/a/member").is(404);
    assertEquals("member", site.dav().get("/b/member").text());
  }

  private static void davfsPut(Site site) throws IOException {
    try (Mounted there = mounted(site)) {
      Files.writeString(Path.of(there.path("b")), "b");
      assertEquals("content", Files.readString(Path.of(there.path("d"))));
    }
    assertEquals("b", site.dav().get("/b").text());
  }

  private static Mounted mounted(Site site) throws IOException {
    return new Mounted(Mounted.tool(), site.url("/"), "read_timeout " + SECONDS, "use_locks 0");
  }

  private static void rclone(Site site) {
    Tool found = Tool.find("rclone");
    Tool rclone =
        found.with(
            Map.of(
                "RCLONE_WEBDAV_URL", site.url("/"),
                "RCLONE_WEBDAV_USER", site.username(),
                "RCLONE_WEBDAV_PASS", found.run("obscure", site.password()).strip(),
                "RCLONE_RETRIES", "1",
                "RCLONE_LOW_LEVEL_RETRIES", "1"));
    rclone.run("copyto", ":webdav:d", ":webdav:b");
    assertEquals("content", site.dav().get("/b").text());
  }

  private static void nodeCopy(Site site) {
    node(site, 201, "COPY", "Destination:" + site.url("/b/"));
    assertEquals("member", site.dav().get("/b/member").text());
  }

  private static void nodeList(Site site) {
    node(site, 207, "PROPFIND", "Depth:1");
  }

  private static void node(Site site, int status, String method, String field) {
    String patience = String.valueOf(Client.PATIENCE.toMillis());
    String output =
        Tool.find("node")
            .run(
                script("session.js"),
                method,
                site.url("/a/"),
                site.url("/d"),
                site.username(),
                site.password(),
                patience,
                field);
    String interims = String.valueOf(site.wiretap().countInterims());
    assertEquals(String.join(" ", String.valueOf(status), interims, "content"), output.strip());
  }

  private static void requestsCopy(Site site) {
    requests(site, 201, "COPY", "Destination:" + site.url("/b/"));
    assertEquals("member", site.dav().get("/b/member").text());
  }

  private static void requestsList(Site site) {
    requests(site, 207, "PROPFIND", "Depth:1");
  }

  private static void requests(Site site, int status, String method, String field) {
    String output =
        Tool.find("python3", "-c", "import requests")
            .run(
                script("session.py"),
                method,
                site.url("/a/"),
                site.url("/d"),
                site.username(),
                site.password(),
                field);
    assertEquals(status + " content", output.strip());
  }

  private static String script(String name) {
    return Path.of("src", "clients", name).toAbsolutePath().toString();
  }
}
