package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.server.User;

/** davfs2: the store as a folder of the file system. */
class DavfsIT extends RealClient {
  @Test
  void mountedTree_isFilledComparedMovedAndDeleted() throws IOException {
    Tool mount = Tool.find("mount.davfs");
    if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/dev/fuse"))) {
      abort("mounting needs root and /dev/fuse");
    }
    Dav dav = Dav.inNewCollection();
    Path tree = Tree.create(mount.folder().resolve("tree"), 200);
    try (Mounted there = new Mounted(mount, dav)) {
      Tool.find("cp").run("-r", tree.toString(), there.path("tree"));
      Tool.find("mv").run(there.path("tree"), there.path("moved"));
    }
    dav.get("/tree/").is(404);
    try (Mounted there = new Mounted(mount, dav)) { // anew, so that nothing comes from its cache
      Tool.find("diff").run("-r", tree.toString(), there.path("moved"));
      Tool.find("rm").run("-r", there.path("moved"));
      assertFalse(Files.exists(Path.of(there.path("moved"))));
    }
    dav.get("/moved/").is(404);
    assertEquals(1, dav.propfind("/", 1, "<D:allprop/>").xml().count("//D:response/D:href"));
  }

  /** A collection while it is mounted; an unmount returns when everything was uploaded. */
  private static final class Mounted implements AutoCloseable {
    private final Path point;
    private final Path cache;

    Mounted(Tool mount, Dav dav) throws IOException {
      Path home = mount.folder();
      point = Files.createTempDirectory(home, "mnt");
      // davfs2 runs as a user of its own, who may not enter any folder of ours
      cache = Files.createTempDirectory("meantime-davfs");
      Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
      String url = dav.url("/");
      String login = User.WRITER.username() + " " + User.WRITER.password();
      Path secrets = Files.writeString(home.resolve("secrets"), '"' + url + "\" " + login + "\n");
      Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
      Path configuration =
          Files.write(
              home.resolve("davfs2.conf"),
              List.of(
                  "secrets " + secrets,
                  "cache_dir " + cache,
                  "ask_auth 0",
                  "delay_upload 0",
                  "buf_size 64")); // with its default of 16, recent kernels cannot list a folder
      mount.run(url, point.toString(), "-o", "conf=" + configuration);
    }

    String path(String name) {
      return point.resolve(name).toString();
    }

    @Override
    public void close() {
      Tool.find("umount").run(point.toString());
      Tool.find("rm").run("-r", cache.toString());
    }
  }
}
