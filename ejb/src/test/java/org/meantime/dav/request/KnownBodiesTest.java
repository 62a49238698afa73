package org.meantime.dav.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.meantime.dav.xml.Documents.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meantime.dav.DavException;

class KnownBodiesTest {
  private final KnownBodies<String> known = new KnownBodies<>();
  private final AtomicInteger parsed = new AtomicInteger();

  private String read(String body) {
    return known.read(stream(body), this::parse);
  }

  private String parse(InputStream in) {
    parsed.incrementAndGet();
    try {
      return "parsed " + new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shortBody_isParsedOnce() {
    assertEquals("parsed a", read("a"));
    assertEquals("parsed b", read("b"));
    assertEquals("parsed ", read(""));
    assertEquals("parsed a", read("a"));
    assertEquals("parsed ", read(""));
    assertEquals(3, parsed.get());
  }

  @Test
  void longBody_isParsedWholeEachTime() {
    String body = "long ".repeat(1_000);
    assertEquals("parsed " + body, read(body));
    assertEquals("parsed " + body, read(body));
    assertEquals(2, parsed.get());
  }

  @Test
  void manyBodies_areNotAllKept() {
    for (int i = 0; i < 1_000; i++) {
      assertEquals("parsed " + i, read(Integer.toString(i)));
    }
    assertEquals("parsed 0", read("0"));
    assertEquals(1_001, parsed.get());
  }

  @Test
  void refusedBody_isRefusedAgain() {
    for (int i = 0; i < 2; i++) {
      assertThrows(
          DavException.class,
          () ->
              known.read(
                  stream("bad"),
                  in -> {
                    throw DavException.badRequest("no");
                  }));
    }
  }
}
