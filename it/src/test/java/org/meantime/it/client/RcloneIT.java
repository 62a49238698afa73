package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.server.User;

/** rclone: a tree there, compared, moved on the server, and back. */
class RcloneIT extends RealClient {
  @Test
  void tree_isCopiedCheckedMovedAndFetched() throws IOException {
    Tool found = Tool.find("rclone");
    Dav dav = Dav.inNewCollection();
    Tool rclone =
        found.with(
            Map.of(
                "RCLONE_WEBDAV_URL", dav.url("/"),
                "RCLONE_WEBDAV_USER", User.WRITER.username(),
                "RCLONE_WEBDAV_PASS", found.run("obscure", User.WRITER.password()).strip()));
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
}
