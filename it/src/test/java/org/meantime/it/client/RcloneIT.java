package org.meantime.it.client;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.server.User;

/** rclone: a tree there, compared, moved on the server, and back; and what it takes for changed. */
class RcloneIT extends RealClient {
  private static final Instant OLD = Instant.parse("1999-12-31T23:59:59Z");
  private static final String OLD_HTTP = "Fri, 31 Dec 1999 23:59:59 GMT";

  private final Dav dav = Dav.inNewCollection();

  private Tool rclone(String vendor) {
    Tool found = Tool.find("rclone");
    return found.with(
        Map.of(
            "RCLONE_WEBDAV_URL", dav.url("/"),
            "RCLONE_WEBDAV_VENDOR", vendor,
            "RCLONE_WEBDAV_USER", User.WRITER.username(),
            "RCLONE_WEBDAV_PASS", found.run("obscure", User.WRITER.password()).strip()));
  }

  @Test
  void tree_isCopiedCheckedMovedAndFetched() throws IOException {
    Tool rclone = rclone("other");
    Path tree = Tree.create(rclone.folder().resolve("tree"), 50);
    rclone.run("copy", tree.toString(), ":webdav:there");
    rclone.run("check", "--download", tree.toString(), ":webdav:there");
    rclone.run("copy", ":webdav:there", ":webdav:copied");
    rclone.run("move", ":webdav:there", ":webdav:moved");
    rclone.run("check", "--download", tree.toString(), ":webdav:copied");
    rclone.run("check", "--download", tree.toString(), ":webdav:moved");
    dav.get("/there/").is(404);
    rclone.run("copy", ":webdav:moved", "back");
    assertEquals(Tree.list(tree), Tree.list(rclone.folder().resolve("back")));
    rclone.run("purge", ":webdav:moved");
    dav.get("/moved/").is(404);
  }

  /** Files older than their upload, as most are. */
  private static Path oldTree(Tool rclone) throws IOException {
    Path tree = Tree.create(rclone.folder().resolve("tree"), 20);
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        date(file, OLD);
      }
    }
    return tree;
  }

  private static void date(Path file, Instant date) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(date));
  }

  /** Writes a file a second later than the document is from. */
  private void edit(Path file, String content, String path) throws IOException {
    String modified = dav.get(path).is(200).header("Last-Modified");
    Files.writeString(file, content);
    date(file, Instant.from(RFC_1123_DATE_TIME.parse(modified)).plusSeconds(1));
  }

  private static void assertMoved(boolean moved, String output) {
    assertEquals(moved, output.contains(": Copied ("), output);
  }

  // What each vendor goes by, in rclone: the date of the content, or of the upload, or the size
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "owncloud,  sync,          true",
    "owncloud,  copy,          true",
    "owncloud,  copy --update, true",
    "nextcloud, sync,          true",
    "nextcloud, copy,          true",
    "nextcloud, copy --update, true",
    "other,     sync,          false",
    "other,     copy,          false",
    "other,     copy --update, true",
  })
  void whatWasCopied_isNotAgain_andAnEditOfTheSameSizeIs(
      String vendor, String command, boolean seesEdit) throws IOException {
    Tool rclone = rclone(vendor);
    Path tree = oldTree(rclone);
    Path edited = Files.writeString(tree.resolve("edited"), "one");
    date(edited, OLD);
    String[] there = (command + " -v " + tree + " :webdav:there").split(" ");
    String[] back = (command + " -v :webdav:there back").split(" ");
    assertMoved(true, rclone.run(there));
    assertMoved(false, rclone.run(there));
    assertEquals(
        vendor.equals("other"),
        !OLD_HTTP.equals(dav.get("/there/edited").is(200).header("Last-Modified")));
    assertMoved(true, rclone.run(back));
    assertMoved(false, rclone.run(back));
    assertEquals(Tree.list(tree), Tree.list(rclone.folder().resolve("back")));
    edit(edited, "two", "/there/edited");
    assertMoved(seesEdit, rclone.run(there));
    assertEquals(seesEdit ? "two" : "one", dav.get("/there/edited").is(200).text());
    assertMoved(false, rclone.run(there));
  }

  @ParameterizedTest
  @ValueSource(strings = {"owncloud", "nextcloud"})
  void whatTheServerCopied_isNotCopiedAgain(String vendor) throws IOException {
    Tool rclone = rclone(vendor);
    rclone.run("copy", oldTree(rclone).toString(), ":webdav:there");
    dav.put("/there/undated", "by another program").is(201);
    String[] copy = {"sync", "-v", ":webdav:there", ":webdav:copied"};
    assertTrue(rclone.run(copy).contains("server-side copy"));
    assertFalse(rclone.run(copy).contains("server-side copy"));
  }

  // with other, rclone says itself that it cannot
  @ParameterizedTest
  @ValueSource(strings = {"owncloud", "nextcloud"})
  void bothSides_areSynchronised(String vendor) throws IOException {
    Tool rclone = rclone(vendor);
    Path tree = oldTree(rclone);
    String[] again = {"bisync", "-v", tree.toString(), ":webdav:there"};
    rclone.run("mkdir", ":webdav:there");
    rclone.run("bisync", "-v", "--resync", tree.toString(), ":webdav:there");
    assertEquals(
        Tree.list(tree).size(),
        dav.propfind("/there/", "infinity", "<D:prop><D:getetag/></D:prop>")
            .xml()
            .count("//D:getetag[text()]"));
    assertMoved(false, rclone.run(again));
    Path here = Files.writeString(tree.resolve("here"), "one");
    dav.put("/there/there", "two").is(201);
    assertMoved(true, rclone.run(again));
    assertEquals("one", dav.get("/there/here").is(200).text());
    assertEquals("two", Files.readString(tree.resolve("there")));
    assertMoved(false, rclone.run(again));
    edit(here, "ONE", "/there/here");
    assertMoved(true, rclone.run(again));
    assertEquals("ONE", dav.get("/there/here").is(200).text());
    assertMoved(false, rclone.run(again));
  }
}
