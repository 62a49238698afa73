package org.meantime.dav.store.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Which file lies at a path, and since when it is as it is: equal as long as nobody has written to
 * it or put another in its place.
 *
 * @param changed when the file system saw a change last, which no program can set; where that is
 *     not to be had, the time of the last modification
 */
record FileIdentity(long size, FileTime modified, FileTime changed, Object key) {
  /** That of the file at the path; throws where there is none. */
  static FileIdentity of(Path file) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      Map<String, Object> unix =
          Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,fileKey");
      return new FileIdentity(
          (Long) unix.get("size"),
          (FileTime) unix.get("lastModifiedTime"),
          (FileTime) unix.get("ctime"),
          unix.get("fileKey"));
    }
    BasicFileAttributes basic = Files.readAttributes(file, BasicFileAttributes.class);
    FileTime modified = basic.lastModifiedTime();
    Object key = basic.fileKey() == null ? "" : basic.fileKey();
    return new FileIdentity(basic.size(), modified, modified, key);
  }
}
