package org.meantime.dav.web.interim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.http.HttpBrokenContentException;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.http.ParsingResult;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.memory.MemoryManager;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever the network cuts what comes, it is read as if it had come at once. */
class GrizzlyChunksTest {
  private static final String CHUNKS = "5;a=b\r\nhello\r\n00a\r\n, and more\r\n0\r\na: b\r\n\r\n";

  @ParameterizedTest(name = "{0} bytes at a time")
  @ValueSource(ints = {1, 2, 3, 7, 11, 1000})
  void chunks_areJoined(int size) {
    GrizzlyChunks chunks = new GrizzlyChunks();
    HttpRequestPacket request = HttpRequestPacket.builder().method("PUT").uri("/").build();
    StringBuilder content = new StringBuilder();
    String next = "GET / HTTP/1.1\r\n";
    String all = CHUNKS + next;
    String left = "";
    boolean last = false;
    for (int from = 0; from < all.length(); from += size) {
      Buffer more = buffer(all.substring(from, Math.min(all.length(), from + size)));
      while (more != null && !last) {
        ParsingResult result = chunks.parsePacket(null, request, more);
        more = result.getRemainderBuffer();
        if (result.getHttpContent() != null) {
          content.append(result.getHttpContent().getContent().toStringContent());
          last = result.getHttpContent().isLast();
        }
      }
      left += more == null ? "" : more.toStringContent();
    }
    assertTrue(last);
    assertEquals("hello, and more", content.toString());
    assertEquals(next, left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "\r\n", "5\n", "5\r\nhello5", "0\r\n\n", "1\r\nab\r\n"})
  void others_areRefusedAtTheByte(String chunks) throws IOException {
    GrizzlyChunks grizzly = new GrizzlyChunks();
    HttpRequestPacket request = HttpRequestPacket.builder().method("PUT").uri("/").build();
    assertThrows(
        HttpBrokenContentException.class,
        () -> {
          Buffer more = buffer(chunks);
          while (more != null) {
            more = grizzly.parsePacket(null, request, more).getRemainderBuffer();
          }
        });
  }

  private static Buffer buffer(String text) {
    return Buffers.wrap(
        MemoryManager.DEFAULT_MEMORY_MANAGER, text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
