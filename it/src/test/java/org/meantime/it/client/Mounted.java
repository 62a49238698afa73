package org.meantime.it.client;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.meantime.it.server.User;

/** A collection while davfs2 has it mounted; unmounting returns when everything was uploaded. */
final class Mounted implements AutoCloseable {
  private final Path point;
  private final Path cache;

  /**
   * @param configuration further lines for {@code davfs2.conf}
   */
  Mounted(Tool mount, String url, String... configuration) throws IOException {
    Path home = mount.folder();
    point = Files.createTempDirectory(home, "mnt");
    // davfs2 runs as a user of its own, who may not enter any folder of ours
    cache = Files.createTempDirectory("meantime-davfs");
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    String login = User.WRITER.username() + " " + User.WRITER.password();
    Path secrets = Files.writeString(home.resolve("secrets"), '"' + url + "\" " + login + "\n");
    Files.setPosixFilePermissions(secrets, PosixFilePermissions.fromString("rw-------"));
    List<String> lines =
        new ArrayList<>(
            List.of(
                "secrets " + secrets,
                "cache_dir " + cache,
                "ask_auth 0",
                "delay_upload 0",
                "buf_size 64")); // with its default of 16, recent kernels cannot list a folder
    lines.addAll(List.of(configuration));
    Path file = Files.write(home.resolve("davfs2.conf"), lines);
    mount.run(url, point.toString(), "-o", "conf=" + file);
  }

  /** The program that mounts, without which the calling test cannot run. */
  static Tool tool() {
    Tool mount = Tool.find("mount.davfs");
    if (!"root".equals(System.getProperty("user.name")) || !Files.exists(Path.of("/dev/fuse"))) {
      abort("mounting needs root and /dev/fuse");
    }
    return mount;
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
