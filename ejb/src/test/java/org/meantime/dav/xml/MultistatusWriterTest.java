package org.meantime.dav.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.meantime.dav.xml.Documents.multistatus;
import static org.meantime.dav.xml.Documents.text;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Property;
import org.meantime.dav.Status;

class MultistatusWriterTest {
  private static final QName DISPLAYNAME = new QName("DAV:", "displayname");

  @Test
  void properties_areOnePropstatPerStatus() {
    Prop found =
        new Prop(
            List.of(
                Prop.text(DISPLAYNAME, "a & b"),
                new Resourcetype(true),
                new Supportedlock(),
                new Property(new QName("urn:x", "p"), "<p xmlns=\"urn:x\">v</p>"),
                Prop.text(new QName("urn:y", "q"), "1 < 2")));
    Prop missing =
        new Prop(
            List.of(
                new QName("DAV:", "getetag"),
                new QName("urn:a&b", "r", "D"),
                new QName("bare"),
                new QName(XMLConstants.XML_NS_URI, "lang"),
                new QName(Verbatim.NAMESPACE, Verbatim.LOCAL_NAME)));
    Response response =
        Response.of(
            "/dav/a/",
            List.of(Propstat.of(found, Status.OK), Propstat.of(missing, Status.NOT_FOUND)));
    assertEquals(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <D:multistatus xmlns:D="DAV:">
        <D:response><D:href>/dav/a/</D:href>\
        <D:propstat><D:prop><D:displayname>a &amp; b</D:displayname>\
        <D:resourcetype><D:collection/></D:resourcetype>\
        <D:supportedlock>\
        <D:lockentry><D:lockscope><D:exclusive/></D:lockscope>\
        <D:locktype><D:write/></D:locktype></D:lockentry>\
        <D:lockentry><D:lockscope><D:shared/></D:lockscope>\
        <D:locktype><D:write/></D:locktype></D:lockentry>\
        </D:supportedlock>\
        <p xmlns="urn:x">v</p>\
        <x:q xmlns:x="urn:y">1 &lt; 2</x:q>\
        </D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>\
        <D:propstat><D:prop><D:getetag/><x:r xmlns:x="urn:a&amp;b"/><bare/><xml:lang/>\
        <x:verbatim xmlns:x="urn:meantime:verbatim"/></D:prop>\
        <D:status>HTTP/1.1 404 Not Found</D:status></D:propstat></D:response>
        </D:multistatus>
        """,
        text(multistatus(response)));
  }

  @Test
  void failedMember_hasStatusErrorAndHrefs() {
    DavException locked =
        new DavException(Status.LOCKED, Precondition.LOCK_TOKEN_SUBMITTED, List.of("/a%20b", "/c"));
    DavException full = new DavException(Status.INSUFFICIENT_STORAGE, "the disk is <full>");
    Propstat readOnly =
        Propstat.of(
            new Prop(List.of(new QName("DAV:", "getetag"))),
            Status.FORBIDDEN,
            Precondition.CANNOT_MODIFY_PROTECTED_PROPERTY);
    assertEquals(
        """
        <?xml version="1.0" encoding="utf-8"?>
        <D:multistatus xmlns:D="DAV:">
        <D:response><D:href>/dav/x</D:href><D:status>HTTP/1.1 423 Locked</D:status>\
        <D:error><D:lock-token-submitted><D:href>/dav/a%20b</D:href><D:href>/dav/c</D:href>\
        </D:lock-token-submitted></D:error></D:response>
        <D:response><D:href>/dav/y</D:href>\
        <D:status>HTTP/1.1 507 Insufficient Storage</D:status>\
        <D:responsedescription>the disk is &lt;full&gt;</D:responsedescription></D:response>
        <D:response><D:href>/dav/z</D:href><D:propstat><D:prop><D:getetag/></D:prop>\
        <D:status>HTTP/1.1 403 Forbidden</D:status>\
        <D:error><D:cannot-modify-protected-property/></D:error></D:propstat></D:response>
        <D:response><D:href>/dav/w</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>
        </D:multistatus>
        """,
        text(
            multistatus(
                Response.of("/dav/x", locked, "/dav"),
                Response.of("/dav/y", full, "/dav"),
                Response.of("/dav/z", List.of(readOnly)),
                Response.of("/dav/w", Status.NOT_FOUND))));
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        arguments("control characters", "\u0001x\u001f", "\ufffdx\ufffd"),
        arguments("NUL", "\0", "\ufffd"),
        arguments("noncharacters", "\uffff\ufffe", "\ufffd\ufffd"),
        arguments("lone high surrogate", "a\ud83d", "a\ufffd"),
        arguments("lone low surrogate", "\ude00a", "\ufffda"),
        arguments("surrogates the wrong way round", "\ude00\ud83d", "\ufffd\ufffd"),
        arguments("two high and a low", "\ud83d\ud83d\ude00", "\ufffd\ud83d\ude00"),
        arguments("supplementary", "\ud83d\ude00", "\ud83d\ude00"),
        arguments("last of Unicode", "\udbff\udfff", "\udbff\udfff"),
        arguments("C1 control", "\u0085", "\u0085"),
        arguments("white space", " \t\n\r ", " \t\n\r "),
        arguments("markup", "]]><&\"'", "]]><&\"'"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  void textOfAnyCharacters_isWellFormed(String row, String text, String read) throws Exception {
    Prop prop = new Prop(List.of(Prop.text(DISPLAYNAME, text)));
    Prop foreign = new Prop(List.of(Prop.text(new QName("urn:x", "p"), text)));
    for (Prop each : List.of(prop, foreign)) {
      byte[] xml = DavXml.document(each);
      assertEquals(read, Documents.parse(xml).getDocumentElement().getTextContent(), text(xml));
    }
  }

  @Test
  void nothingIsWritten_beforeTheBufferIsFullOrFlushed() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MultistatusWriter writer = new MultistatusWriter(bytes);
    writer.write(Response.of("/a", Status.NOT_FOUND));
    assertEquals(0, bytes.size());
    writer.flush();
    assertTrue(text(bytes.toByteArray()).endsWith("</D:response>"));
    int flushed = bytes.size();
    for (int i = 0; bytes.size() == flushed; i++) {
      assertTrue(i < 1000, "never written");
      writer.write(Response.of("/a", Status.NOT_FOUND));
    }
  }

  @Test
  void whiteSpaceBetweenResponses_isAllThatKeepAliveSends() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    MultistatusWriter writer = new MultistatusWriter(bytes);
    writer.flush();
    int before = bytes.size();
    writer.keepAlive();
    assertEquals("\n", text(bytes.toByteArray()).substring(before));
    writer.end();
    assertEquals(
        "multistatus", Documents.parse(bytes.toByteArray()).getFirstChild().getLocalName());
  }

  @Test
  void brokenStream_isUncheckedIoException() {
    OutputStream broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };
    MultistatusWriter writer = new MultistatusWriter(broken);
    Prop large = new Prop(List.of(Prop.text(DISPLAYNAME, "x".repeat(100_000))));
    Response response = Response.of("/a", List.of(new Propstat(large, Status.OK)));
    assertThrows(UncheckedIOException.class, () -> writer.write(response));
    assertThrows(UncheckedIOException.class, new MultistatusWriter(broken)::flush);
  }
}
