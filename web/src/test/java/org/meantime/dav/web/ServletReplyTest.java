package org.meantime.dav.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.servlet.AsyncContext;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.channels.ReadableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;
import org.meantime.dav.operation.FileSink;
import org.meantime.dav.operation.KeptReply;
import org.meantime.dav.web.interim.RawExchange;
import org.meantime.dav.xml.Response;

class ServletReplyTest {
  private final FakeResponse response = new FakeResponse();
  private final List<String> engine = new ArrayList<>();
  private boolean open = true;
  private boolean takesFiles;
  private boolean gone;

  private ServletReply reply(FakeRequest request) {
    return new ServletReply(
        request.servlet(),
        response.servlet(),
        FakeRequest.contentOf(request.servlet()),
        new Engine());
  }

  private ServletReply reply(String method) {
    return reply(new FakeRequest(method, "/dav/a"));
  }

  /** Takes files where it is told so. */
  private final class Engine implements RawExchange {
    @Override
    public boolean send(ReadableByteChannel channel, long count, OutputStream out)
        throws IOException {
      engine.add("file of " + count);
      if (gone) {
        throw new IOException("broken pipe");
      }
      return takesFiles;
    }

    @Override
    public boolean isOpen() {
      return open;
    }

    @Override
    public boolean sendProcessing(Map<String, String> fields) {
      return false;
    }

    @Override
    public void reason(Status status) {
      engine.add(status.reason());
    }

    @Override
    public boolean abort() {
      engine.add("abort");
      return true;
    }
  }

  private static Response member(String href) {
    return Response.of(href, Status.LOCKED);
  }

  @Test
  void headerFields_areNotOnTheResponseBeforeTheStatusIs() {
    ServletReply reply = reply("PUT");
    reply.header("ETag", "\"x\"");
    assertEquals(Map.of(), response.headers);
    reply.send(Status.CREATED);
    assertEquals("\"x\"", response.headers.get("ETag"));
  }

  @Test
  void everyResponse_hasDateAndReason() {
    ServletReply reply = reply("PUT");
    reply.send(Status.CREATED);
    reply.end();
    assertTrue(response.headers.containsKey("Date"));
    assertEquals(List.of("Created"), engine);
    assertEquals(201, response.status);
    assertTrue(response.committed);
  }

  @Test
  void noContent_hasLengthZeroExceptWhereItMeansAnother() {
    reply("PUT").send(Status.CREATED);
    assertEquals("0", response.headers.remove("Content-Length"));
    reply("PUT").send(Status.NO_CONTENT);
    reply("GET").send(Status.NOT_MODIFIED);
    reply("HEAD").send(Status.OK);
    assertNull(response.headers.get("Content-Length"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({"GET, 200", "GET, 206", "GET, 304", "GET, 404", "HEAD, 200", "POST, 403"})
  void whatABrowserMayShow_isDataUnlessSaidOtherwise(String method, int status) {
    ServletReply reply = reply(method);
    Status said =
        Stream.of(Status.values()).filter(it -> it.code() == status).findFirst().orElseThrow();
    if (said.isError()) {
      reply.header("Content-Security-Policy", "that of a page");
      reply.fail(new DavException(said, "so"));
    } else {
      reply.send(said);
    }
    assertTrue(
        response.headers.get("Content-Security-Policy").startsWith("sandbox; default-src 'none';"));
    assertEquals("nosniff", response.headers.get("X-Content-Type-Options"));
    assertEquals("same-origin", response.headers.get("Cross-Origin-Resource-Policy"));
    assertEquals("private, no-cache", response.headers.get("Cache-Control"));
  }

  @Test
  void aPage_keepsItsOwnPolicy() {
    ServletReply reply = reply("GET");
    reply.header("content-security-policy", "that of a page");
    reply.header("Cache-Control", "no-store");
    reply.send(Status.OK);
    assertEquals("that of a page", response.headers.get("Content-Security-Policy"));
    assertEquals("no-store", response.headers.get("Cache-Control"));
  }

  @Test
  void whatNoBrowserShows_paysNothing() {
    reply("PROPFIND").member(member("/dav/a"));
    assertNull(response.headers.get("Content-Security-Policy"));
  }

  @Test
  void aValueWithALineBreak_staysOneField() {
    ServletReply reply = reply("GET");
    reply.header("Content-Type", "text/plain\r\nSet-Cookie: a=b");
    reply.send(Status.OK);
    assertEquals("text/plain  Set-Cookie: a=b", response.headers.get("Content-Type"));
  }

  @Test
  void head_hasNoContent() {
    ServletReply reply = reply("HEAD");
    reply.header("Content-Length", "5");
    reply.send(Status.OK, out -> out.write("hello".getBytes(StandardCharsets.UTF_8)));
    reply.end();
    assertEquals("", response.body());
    assertEquals("5", response.headers.get("Content-Length"));
  }

  @Test
  void theFirstMember_goesOutAtOnceAndTheRestAtTheEnd() {
    ServletReply reply = reply("PROPFIND");
    reply.member(member("/dav/one"));
    assertEquals(207, response.status);
    assertEquals(List.of("Multi-Status"), engine);
    assertEquals("application/xml; charset=utf-8", response.headers.get("Content-Type"));
    assertEquals("no", response.headers.get("X-Accel-Buffering"));
    assertTrue(response.body().contains("/dav/one"));
    reply.member(member("/dav/two"));
    assertFalse(response.body().contains("/dav/two"));
    reply.end();
    assertTrue(response.body().contains("/dav/two"));
    assertTrue(response.body().strip().endsWith("multistatus>"));
  }

  @Test
  void keepingAlive_sendsWhatWaitsAndWhiteSpace() {
    ServletReply reply = reply("PROPFIND");
    reply.keepAlive();
    assertFalse(response.committed);
    reply.member(member("/dav/one"));
    reply.member(member("/dav/two"));
    reply.keepAlive();
    assertTrue(response.body().contains("/dav/two"));
    assertTrue(response.body().endsWith("\n"));
  }

  @Test
  void aClientTheEngineKnowsIsGone_isWrittenToNoMore() {
    ServletReply reply = reply("PROPFIND");
    reply.member(member("/dav/one"));
    open = false;
    assertThrows(UncheckedIOException.class, reply::keepAlive);
    assertThrows(UncheckedIOException.class, () -> reply.member(member("/dav/two")));
  }

  @Test
  void anErrorAfterAMember_breaksTheResponseOff() {
    ServletReply reply = reply("PROPFIND");
    reply.member(member("/dav/one"));
    reply.fail(new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    reply.end();
    assertEquals(List.of("Multi-Status", "abort"), engine);
    assertFalse(response.body().contains("</D:multistatus>"));
  }

  @Test
  void anErrorWithoutCode_isAShortText() {
    ServletReply reply = reply("GET");
    reply.header("ETag", "\"x\"");
    reply.header("Allow", "PUT");
    reply.fail(new DavException(Status.METHOD_NOT_ALLOWED, "no content here"));
    reply.end();
    assertEquals(405, response.status);
    assertEquals("text/plain; charset=utf-8", response.headers.get("Content-Type"));
    assertEquals("405 Method Not Allowed: no content here\n", response.body());
    assertEquals("PUT", response.headers.get("Allow"));
    assertNull(response.headers.get("ETag"));
  }

  @Test
  void anErrorWithCode_isADocument() {
    ServletReply reply = reply("PUT");
    List<String> locked = List.of("/a%20b/");
    reply.fail(new DavException(Status.LOCKED, Precondition.LOCK_TOKEN_SUBMITTED, locked));
    reply.end();
    assertEquals(423, response.status);
    assertEquals("application/xml; charset=utf-8", response.headers.get("Content-Type"));
    assertTrue(response.body().contains("lock-token-submitted"));
    assertTrue(response.body().contains("/dav/a%20b/<"));
  }

  @Test
  void anErrorForHead_hasNoContent() {
    ServletReply reply = reply("HEAD");
    reply.fail(new DavException(Status.NOT_FOUND, "no such resource"));
    reply.end();
    assertEquals(404, response.status);
    assertEquals("", response.body());
  }

  @Test
  void anUnavailableService_saysWhenToComeBack() {
    reply("PUT").fail(new DavException(Status.SERVICE_UNAVAILABLE, "stopping"));
    assertEquals("30", response.headers.get("Retry-After"));
  }

  @Test
  void contentThatFailsBeforeItWentOut_isAnErrorInstead() {
    ServletReply reply = reply("GET");
    reply.header("Content-Length", "5");
    assertThrows(
        IllegalStateException.class,
        () ->
            reply.send(
                Status.OK,
                out -> {
                  out.write('h');
                  throw new IOException("disk");
                }));
    reply.fail(new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    reply.end();
    assertEquals(500, response.status);
    assertEquals("500 Internal Server Error: internal error\n", response.body());
  }

  @Test
  void contentThatFailsHalfWay_isBrokenOff() {
    ServletReply reply = reply("GET");
    assertThrows(
        IllegalStateException.class,
        () ->
            reply.send(
                Status.OK,
                out -> {
                  out.flush();
                  throw new IOException("disk");
                }));
    reply.fail(new DavException(Status.INTERNAL_SERVER_ERROR, "internal error"));
    assertEquals(List.of("OK", "abort"), engine);
  }

  @Test
  void aClientThatIsGone_isToldFromContentThatFails() {
    response.broken = true;
    ServletReply reply = reply("GET");
    assertThrows(UncheckedIOException.class, () -> reply.send(Status.OK, out -> out.flush()));
  }

  @Test
  void aRefusalWithContentUnread_closesTheConnection() {
    reply(new FakeRequest("PUT", "/dav/a").content("x"))
        .fail(new DavException(Status.PRECONDITION_FAILED, "no"));
    assertEquals("close", response.headers.get("Connection"));
  }

  @Test
  void aRefusalInHttp2_hasNoConnectionField() {
    FakeRequest request = new FakeRequest("PUT", "/dav/a").content("x");
    request.protocol = "HTTP/2.0";
    reply(request).fail(new DavException(Status.PRECONDITION_FAILED, "no"));
    assertNull(response.headers.get("Connection"));
  }

  @Test
  void theEnd_completesTheContextEvenWhereTheClientIsGone() {
    List<String> calls = new ArrayList<>();
    ServletReply reply = reply("COPY");
    reply.async(
        (AsyncContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, call, args) -> calls.add(call.getName()) ? null : null));
    reply.send(Status.CREATED);
    response.broken = true;
    assertThrows(UncheckedIOException.class, reply::end);
    assertEquals(List.of("complete"), calls);
  }

  /** As a method does it: as a file where that goes, else through memory. */
  private static void write(Path file, OutputStream out) throws IOException {
    try (FileInputStream in = new FileInputStream(file.toFile())) {
      if (!((FileSink) out).send(in.getChannel(), Files.size(file))) {
        in.transferTo(out);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFile_goesPastTheStreamWhereTheEngineTakesIt(boolean takes, @TempDir Path folder)
      throws IOException {
    takesFiles = takes;
    Path file = Files.writeString(folder.resolve("f"), "content");
    ServletReply reply = reply("GET");
    reply.send(Status.OK, out -> write(file, out));
    reply.end();
    assertTrue(engine.contains("file of 7"), engine::toString);
    assertEquals(List.of(takes ? "" : "content"), response.flushes);
  }

  @Test
  void aClientThatLeavesWithinAFile_isGone(@TempDir Path folder) throws IOException {
    gone = true;
    Path file = Files.writeString(folder.resolve("f"), "content");
    ServletReply reply = reply("GET");
    assertThrows(UncheckedIOException.class, () -> reply.send(Status.OK, out -> write(file, out)));
  }

  @Test
  void aReplyThatIsKept_isWrittenThroughMemory(@TempDir Path folder) throws IOException {
    takesFiles = true;
    Path file = Files.writeString(folder.resolve("f"), "content");
    KeptReply kept = reply("GET").keep();
    kept.send(Status.OK, out -> write(file, out));
    kept.end();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    kept.content().orElseThrow().writeTo(content);
    kept.forget();
    assertEquals("content", content.toString(StandardCharsets.UTF_8));
  }
}
