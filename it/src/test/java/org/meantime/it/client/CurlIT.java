package org.meantime.it.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.meantime.it.http.Dav;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/** curl: uploads, downloads and bare requests. */
class CurlIT extends RealClient {
  private static final String STATUS = "%{http_version} %{http_code}";
  private static final String LOGIN = User.WRITER.username() + ":" + User.WRITER.password();

  @Test
  void upload_comesBackByteForByte() throws IOException {
    Tool curl = Tool.find("curl");
    String url = Dav.inNewCollection().url("/a%20b.bin");
    Path sent = Files.write(curl.folder().resolve("sent"), new byte[300_000]);
    Path received = curl.folder().resolve("received");
    assertEquals("1.1 201", curl.run("-sS", "-u", LOGIN, "-T", sent.toString(), "-w", STATUS, url));
    curl.run("-sSf", "-u", LOGIN, "-o", received.toString(), url);
    assertEquals(-1, Files.mismatch(sent, received));
  }

  @Test
  void interruptedDownload_isResumed() throws IOException {
    Tool curl = Tool.find("curl");
    Dav dav = Dav.inNewCollection();
    dav.put("/a.txt", "0123456789").is(201);
    Path file = Files.writeString(curl.folder().resolve("a.txt"), "0123");
    curl.run("-sSf", "-u", LOGIN, "-C", "-", "-o", file.toString(), dav.url("/a.txt"));
    assertEquals("0123456789", Files.readString(file));
  }

  @Test
  void http2OverTls_isSpoken() {
    Tool curl = Tool.find("curl");
    String https = "https://127.0.0.1:" + Server.httpsPort();
    String url = https + Dav.inNewCollection().href("/");
    String output =
        curl.run("-sSk", "-u", LOGIN, "-X", "PROPFIND", "-H", "Depth: 1", "-w", STATUS, url);
    assertTrue(output.endsWith("2 207"), output);
  }
}
