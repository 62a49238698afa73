package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Status;
import org.meantime.dav.web.interim.RawExchange;

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

  /** An engine that knows whether the content was cut off. */
  private record Engine(boolean isContentWhole) implements RawExchange {
    @Override
    public boolean sendProcessing(Map<String, String> fields) {
      return false;
    }

    @Override
    public void reason(Status status) {}

    @Override
    public boolean abort() {
      return false;
    }
  }

  @ParameterizedTest(name = "{0}, length {1}, content {2}, whole: {3}")
  @CsvSource({
    "HTTP/1.1, 4, abc, true",
    "HTTP/2.0, 4, abc, true",
    "HTTP/2.0, 2, abc, true",
    "HTTP/2.0, 0, abc, true",
    "HTTP/2.0, 3, abc, false",
    "HTTP/2.0, none, abc, false",
    "HTTP/1.1, chunked, abc, false",
    "HTTP/2.0, none, '', false",
    "HTTP/2.0, 0, '', false",
  })
  void contentWithoutItsProperEnd_cannotBeRead(
      String protocol, String length, String text, boolean whole) throws IOException {
    FakeRequest request = put().chunked(text).without("Transfer-Encoding");
    request.protocol = protocol;
    switch (length) {
      case "none" -> {}
      case "chunked" -> request.header("Transfer-Encoding", "chunked");
      default -> request.header("Content-Length", length);
    }
    RequestContent content = new RequestContent(request.servlet(), new Engine(whole));
    InputStream in = content.open();
    assertThrows(IOException.class, in::readAllBytes);
    assertThrows(IOException.class, in::read); // nor by one who tries again
    assertThrows(IOException.class, () -> content.drain(100));
    assertFalse(content.ended());
  }

  @Test
  void http2OfKnownLength_endsWithItsStream() throws IOException {
    FakeRequest request = put().content("abc");
    request.protocol = "HTTP/2.0";
    RequestContent content = new RequestContent(request.servlet(), new Engine(true));
    assertEquals(3, content.open().readNBytes(3).length);
    assertTrue(content.ended());
    assertEquals(-1, content.open().read());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-1",
        "+3",
        "3,3",
        "3 3",
        "0x3",
        "18446744073709551616",
        "9999999999999999999"
      })
  void lengthThatIsNone_isRefused(String length) {
    RequestContent content = of(put().header("Content-Length", length));
    assertFalse(content.ended());
    DavException e = assertThrows(DavException.class, content::requireLength);
    assertEquals(400, e.status().code());
  }
}
