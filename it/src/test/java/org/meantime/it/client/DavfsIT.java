package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;

/** davfs2: the store as a folder of the file system. */
class DavfsIT extends RealClient {
  @Test
  void mountedTree_isFilledComparedMovedAndDeleted() throws IOException {
    Tool mount = Mounted.tool();
    Dav dav = Dav.inNewCollection();
    Path tree = Tree.create(mount.folder().resolve("tree"), 200);
    try (Mounted there = new Mounted(mount, dav.url("/"))) {
      Tool.find("cp").run("-r", tree.toString(), there.path("tree"));
      Tool.find("mv").run(there.path("tree"), there.path("moved"));
    }
    dav.get("/tree/").is(404);
    try (Mounted there =
        new Mounted(mount, dav.url("/"))) { // anew, so that nothing comes from its cache
      Tool.find("diff").run("-r", tree.toString(), there.path("moved"));
      Tool.find("rm").run("-r", there.path("moved"));
      assertFalse(Files.exists(Path.of(there.path("moved"))));
    }
    dav.get("/moved/").is(404);
    assertEquals(1, dav.propfind("/", 1, "<D:allprop/>").xml().count("//D:response/D:href"));
  }

  private static final String HTTP = "Fri, 31 Dec 1999 23:59:59 GMT";

  @Test
  void dateOfAFile_isThatOfTheDocument() throws IOException {
    Tool mount = Mounted.tool();
    Dav dav = Dav.inNewCollection();
    dav.request("PUT", "/d").header("X-OC-Mtime", "946684799").body("one").send().is(201);
    FileTime given = FileTime.from(Instant.ofEpochSecond(946684799));
    try (Mounted there = new Mounted(mount, dav.url("/"))) {
      Path file = Path.of(there.path("d"));
      assertEquals(given, Files.getLastModifiedTime(file));
      assertEquals("one", Files.readString(file));
      assertEquals(given, Files.getLastModifiedTime(file));
      Tool.find("touch").run(file.toString()); // which uploads it again
    }
    assertNotEquals(HTTP, dav.get("/d").is(200).header("Last-Modified"));
    dav.request("PUT", "/d").header("X-OC-Mtime", "946684799").body("two").send().is(204);
    try (Mounted there = new Mounted(mount, dav.url("/"))) {
      Path file = Path.of(there.path("d"));
      assertEquals(given, Files.getLastModifiedTime(file));
      assertEquals("two", Files.readString(file));
    }
  }
}
