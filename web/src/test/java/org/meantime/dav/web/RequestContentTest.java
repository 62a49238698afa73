package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.meantime.dav.DavException;

class RequestContentTest {
  private static RequestContent of(FakeRequest request) {
    return FakeRequest.contentOf(request.servlet());
  }

  private static FakeRequest put() {
    return new FakeRequest("PUT", "/dav/a");
  }

  @Test
  void http1WithoutLengthOrCoding_hasEnded() {
    assertTrue(of(put()).ended());
  }

  @Test
  void lengthZero_hasEnded() {
    assertTrue(of(put().content("")).ended());
  }

  @Test
  void http2WithoutLength_endsWithItsStream() throws IOException {
    FakeRequest request = put();
    request.protocol = "HTTP/2.0";
    RequestContent content = of(request);
    assertFalse(content.ended());
    content.drain(0);
    assertTrue(content.ended());
  }

  @Test
  void contentOfKnownLength_endsWithItsLastByte() throws IOException {
    RequestContent content = of(put().content("abc"));
    InputStream in = content.open();
    assertEquals(2, in.readNBytes(2).length);
    assertFalse(content.ended());
    in.read();
    assertTrue(content.ended());
  }

  @Test
  void chunkedContent_endsWhenNothingMoreComes() throws IOException {
    RequestContent content = of(put().chunked("abc"));
    InputStream in = content.open();
    assertEquals(3, in.readNBytes(3).length);
    assertFalse(content.ended());
    assertEquals(-1, in.read());
    assertTrue(content.ended());
  }

  @Test
  void drainingMoreThanTheMost_is413() {
    RequestContent content = of(put().chunked("abcd"));
    DavException e = assertThrows(DavException.class, () -> content.drain(3));
    assertEquals(413, e.status().code());
  }
}
