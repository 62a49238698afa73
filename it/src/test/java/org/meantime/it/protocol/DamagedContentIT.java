package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Way;
import org.meantime.it.server.Jmx;

/**
 * Content whose file on the server's disk is no longer what was stored: no wrong byte looks right,
 * and the next upload of the right content mends it for all documents that have it.
 */
@Tag("ours")
class DamagedContentIT extends Protocol {
  private static final int SMALL = 100 * 1024;

  /** So big that it is on its way to the client while it is checked. */
  private static final int BIG = 9 * 1024 * 1024;

  private static Jmx jmx;

  @BeforeAll
  static void connect() throws IOException {
    jmx = Jmx.connect();
  }

  @AfterAll
  static void disconnect() throws IOException {
    jmx.close();
  }

  enum Damage {
    BIT_FLIPPED {
      @Override
      void to(Path file) throws IOException {
        FileTime modified = Files.getLastModifiedTime(file);
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.seek(bytes.length() / 2);
          int right = bytes.read();
          bytes.seek(bytes.length() / 2);
          bytes.write(right ^ 1);
        }
        Files.setLastModifiedTime(file, modified); // as a disk that fails leaves it
      }
    },
    CUT_SHORT {
      @Override
      void to(Path file) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
          bytes.setLength(bytes.length() - 1);
        }
      }
    },
    REMOVED {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
      }
    },
    A_FOLDER {
      @Override
      void to(Path file) throws IOException {
        Files.delete(file);
        Files.createDirectory(file);
      }
    };

    abstract void to(Path file) throws IOException;
  }

  static Stream<Arguments> damaged() {
    List<Arguments> rows = new ArrayList<>();
    for (Damage damage : Damage.values()) {
      for (int size : List.of(SMALL, BIG)) {
        for (Way way : Way.values()) {
          rows.add(Arguments.of(damage, size, way));
        }
      }
    }
    return rows.stream();
  }

  @ParameterizedTest(name = "{0} of {1} bytes, {2}")
  @MethodSource("damaged")
  void content_isRefusedCountedAndMended(Damage damage, int size, Way way) throws IOException {
    Dav dav = Dav.inNewCollection();
    byte[] content = new byte[size];
    new Random(dav.base().hashCode()).nextBytes(content);
    String tag = put(way, dav, "/d", content).is(201).header("ETag");
    dav.copy("/d", "/copy").is(201);
    long before = (Long) jmx.get("Store", "Damaged");
    long failed = jmx.count("Failed");
    long gone = jmx.count("ClientsGone");
    damage.to(blob(content));

    boolean late = damage == Damage.BIT_FLIPPED && size == BIG;
    assertRefused(late, way, dav.request("GET", "/d"));
    assertRefused(late, way, dav.request("GET", "/copy"));
    assertRefused(late, way, dav.request("GET", "/d").header("Range", "bytes=1-90000"));
    assertRefused(false, way, dav.request("GET", "/d").header("Range", "bytes=1-10"));
    assertEquals(late ? 200 : 500, way.send(dav.request("HEAD", "/d")).status());
    int times = late ? 4 : 5;
    assertEquals(before + times, jmx.get("Store", "Damaged"));
    jmx.await("Operations", "Failed", Long.valueOf(failed + times)::equals);
    assertEquals(gone, jmx.count("ClientsGone"));

    // what is wrong is not shared either
    way.send(dav.request("COPY", "/d").header("Destination", dav.href("/copied"))).is(500);
    dav.get("/copied").is(404);
    assertEquals(before + times + 1, jmx.get("Store", "Damaged"));

    // none of these is about the bytes
    way.send(dav.request("GET", "/d").header("If-None-Match", tag)).is(304);
    way.send(dav.request("MOVE", "/copy").header("Destination", dav.href("/moved"))).is(201);
    assertEquals(before + times + 1, jmx.get("Store", "Damaged"));

    put(way, dav, "/elsewhere", content).is(201);
    List<String> all = List.of("/d", "/moved", "/elsewhere");
    assertRight(all, content, way, dav);

    damage.to(blob(content));
    assertRefused(late, way, dav.request("GET", "/moved"));
    put(way, dav, "/d", content).is(204);
    assertRight(all, content, way, dav);
    assertEquals(true, jmx.get("Store", "Room"));
    assertEquals("", jmx.get("Store", "Trouble"));
  }

  private static Response put(Way way, Dav dav, String path, byte[] content) {
    return way.send(dav.request("PUT", path).body(content));
  }

  /** What is known to be wrong before it is sent is a 500, what turns out so breaks off. */
  private static void assertRefused(boolean late, Way way, Request get) throws IOException {
    try (Way.Client client = way.open()) {
      if (late) {
        client.assertBreaksOff(get);
      } else {
        Response refused = client.send(get).is(500);
        assertTrue(refused.text().contains("damaged"), refused::toString);
        assertFalse(refused.find("ETag").isPresent());
        assertFalse(refused.find("Content-Range").isPresent());
      }
    }
  }

  private static void assertRight(List<String> paths, byte[] content, Way way, Dav dav) {
    for (String path : paths) {
      assertArrayEquals(content, way.send(dav.request("GET", path)).is(200).body(), path);
    }
  }

  private static Path blob(byte[] content) throws IOException {
    Path home = Path.of(String.valueOf(jmx.get("Settings", "meantime.store.home")));
    String sha256 = sha256(content);
    try (Stream<Path> files = Files.walk(home.resolve("blobs"))) {
      return files.filter(it -> it.getFileName().toString().equals(sha256)).findAny().orElseThrow();
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
