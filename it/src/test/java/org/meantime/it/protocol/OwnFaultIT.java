package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Response;
import org.meantime.it.server.Jmx;

/**
 * What fails on the server's own disk is told as the server's fault, and is over with its cause.
 */
@Tag("ours")
class OwnFaultIT extends Protocol {
  private static final String BIG = "content ".repeat(20_000);

  private Path home;
  private Path away;

  @BeforeEach
  void findHome() throws IOException {
    try (Jmx jmx = Jmx.connect()) {
      Object setting = jmx.get("Settings", "meantime.store.home");
      home = Path.of(String.valueOf(setting));
    }
    away = Files.createTempDirectory(home.getParent(), "away-");
  }

  @AfterEach
  void tidy() throws IOException {
    Files.delete(away);
  }

  private Response during(String folder, String request, Dav dav) throws IOException {
    Files.move(home.resolve(folder), away.resolve("it"));
    try {
      return request.equals("PUT") ? dav.put("/other", BIG + 1) : dav.get("/d");
    } finally {
      if (Files.exists(home.resolve(folder))) { // begun anew
        try (var left = Files.list(home.resolve(folder))) {
          assertEquals(0, left.count());
        }
        Files.delete(home.resolve(folder));
      }
      Files.move(away.resolve("it"), home.resolve(folder));
    }
  }

  @ParameterizedTest(name = "{0} is gone: {1} is {2}")
  @CsvSource({
    "blobs, PUT, 503",
    "blobs, GET, 503",
    "meantime.db, PUT, 503",
    "meantime.db-wal, PUT, 503"
  })
  void partOfTheStoreGone_isNoFaultOfTheClient(String file, String request, int status)
      throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", BIG).is(201);
    Response refused = during(file, request, dav).is(status);
    assertEquals(status == 503, refused.find("Retry-After").isPresent());
    assertTrue(!refused.text().contains(home.toString()), refused.text());
    assertEquals(BIG, dav.get("/d").is(200).text());
    dav.get("/other").is(404);
    dav.put("/other", BIG + 1).is(201);
    assertEquals(BIG + 1, dav.get("/other").is(200).text());
  }

  @Test
  void folderOfUploadsGone_isMadeAgain() throws IOException {
    Dav dav = Dav.inNewCollection();
    during("incoming", "PUT", dav).is(201);
    assertEquals(BIG + 1, dav.get("/other").is(200).text());
  }
}
