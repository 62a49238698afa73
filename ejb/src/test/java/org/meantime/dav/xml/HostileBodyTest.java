package org.meantime.dav.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.xml.Documents.stream;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.Precondition;
import org.meantime.dav.Status;

class HostileBodyTest {
  private static final XmlLimits MAX = bytes(1 << 20);
  private static final String PROPFIND = "<D:propfind xmlns:D=\"DAV:\">";
  private static final String GOOD = PROPFIND + "<D:prop><D:a/></D:prop></D:propfind>";

  private static XmlLimits bytes(long bytes) {
    return new XmlLimits(bytes, 1_000);
  }

  private static Propfind read(InputStream in) {
    return DavXml.read(in, MAX, Propfind.class).get();
  }

  private static DavException refused(String body) {
    return assertThrows(DavException.class, () -> read(stream(body)), body);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "plain doctype | <!DOCTYPE propfind>",
        "internal subset | <!DOCTYPE propfind [<!ELEMENT propfind ANY>]>",
        "external subset | <!DOCTYPE propfind SYSTEM \"URL\">",
        "public subset | <!DOCTYPE propfind PUBLIC \"x\" \"URL\">",
        "external entity | <!DOCTYPE propfind [<!ENTITY x SYSTEM \"URL\">]>",
        "file entity | <!DOCTYPE propfind [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
        "parameter entity | <!DOCTYPE propfind [<!ENTITY % x SYSTEM \"URL\"> %x;]>",
        "billion laughs | <!DOCTYPE propfind [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;\">"
            + "<!ENTITY c \"&b;&b;&b;&b;&b;\"><!ENTITY x \"&c;&c;&c;&c;&c;\">]>",
      })
  void doctype_isForbiddenAndNothingIsFetched(String row, String doctype) throws IOException {
    try (ServerSocket server = new ServerSocket(0)) {
      server.setSoTimeout(1);
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
      String prolog = "<?xml version=\"1.0\"?>" + doctype.replace("URL", url);
      DavException error = refused(prolog + GOOD.replace("<D:a/>", "<D:a>&x;</D:a>"));
      assertEquals(Status.FORBIDDEN, error.status());
      assertEquals(Optional.of(Precondition.NO_EXTERNAL_ENTITIES), error.precondition());
      assertThrows(IOException.class, () -> server.accept().close());
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "not XML | hello",
        "white space | ` \n `",
        "HTML | <html><body><br></body></html>",
        "no end | <D:propfind xmlns:D=\"DAV:\"><D:allprop/>",
        "ends in a tag | <D:propfind xmlns:D=\"DAV:\"",
        "wrong end | <D:propfind xmlns:D=\"DAV:\"><D:allprop></D:propfind></D:allprop>",
        "two roots | <D:propfind xmlns:D=\"DAV:\"/><x/>",
        "rubbish after | <D:propfind xmlns:D=\"DAV:\"><D:allprop/></D:propfind>x",
        "prefix not declared | <D:propfind><D:allprop/></D:propfind>",
        "prefix of an attribute not declared | <propfind xmlns=\"DAV:\" x:a=\"\"/>",
        "prefix declared empty | <D:propfind xmlns:D=\"DAV:\" xmlns:b=\"\"/>",
        "two colons | <D:propfind xmlns:D=\"DAV:\"><D:prop><D:a:b/></D:prop></D:propfind>",
        "colon last | <D:propfind xmlns:D=\"DAV:\"><D:prop><D:/></D:prop></D:propfind>",
        "colon first | <D:propfind xmlns:D=\"DAV:\"><D:prop><:a/></D:prop></D:propfind>",
        "attribute with a colon first | <propfind xmlns=\"DAV:\" :a=\"\"/>",
        "instruction with a colon | <propfind xmlns=\"DAV:\"><?a:b c?></propfind>",
        "prefix xml for another | <propfind xmlns=\"DAV:\" xmlns:xml=\"urn:x\"/>",
        "prefix xmlns declared | <propfind xmlns=\"DAV:\" xmlns:xmlns=\"urn:x\"/>",
        "xmlns for another | <propfind xmlns=\"DAV:\" xmlns:a=\"http://www.w3.org/2000/xmlns/\"/>",
        "same attribute twice | <propfind xmlns=\"DAV:\" a=\"1\" a=\"2\"/>",
        "same attribute by two prefixes | <propfind xmlns=\"DAV:\" xmlns:a=\"urn:x\""
            + " xmlns:b=\"urn:x\" a:c=\"1\" b:c=\"2\"/>",
        "same declaration twice | <propfind xmlns=\"DAV:\" xmlns:a=\"u:1\" xmlns:a=\"u:2\"/>",
        "entity not declared | <propfind xmlns=\"DAV:\">&x;</propfind>",
        "entity in an attribute | <propfind xmlns=\"DAV:\" a=\"&x;\"/>",
        "reference to a control character | <propfind xmlns=\"DAV:\">&#1;</propfind>",
        "control character | <propfind xmlns=\"DAV:\">\u0001</propfind>",
        "reference to a surrogate | <propfind xmlns=\"DAV:\">&#xD83D;</propfind>",
        "noncharacter | <propfind xmlns=\"DAV:\">\uffff</propfind>",
        "bare ampersand | <propfind xmlns=\"DAV:\">&</propfind>",
        "CDATA end in text | <propfind xmlns=\"DAV:\">]]></propfind>",
        "less-than in an attribute | <propfind xmlns=\"DAV:\" a=\"<\"/>",
        "attribute without quotes | <propfind xmlns=\"DAV:\" a=b/>",
        "comment with dashes | <propfind xmlns=\"DAV:\"><!-- -- --></propfind>",
        "XML declaration late | ` <?xml version=\"1.0\"?><propfind xmlns=\"DAV:\"/>`",
        "XML 1.1 | <?xml version=\"1.1\"?><propfind xmlns=\"DAV:\"><allprop/></propfind>",
        "XML 2.0 | <?xml version=\"2.0\"?><propfind xmlns=\"DAV:\"><allprop/></propfind>",
        "unknown encoding | <?xml version=\"1.0\" encoding=\"x-y\"?><propfind xmlns=\"DAV:\"/>",
        "wrong encoding | <?xml version=\"1.0\" encoding=\"UTF-16\"?><propfind xmlns=\"DAV:\"/>",
      })
  void malformedBody_isBadRequest(String row, String body) {
    assertEquals(Status.BAD_REQUEST, refused(body).status());
  }

  /** Not told by a clock, but by how much was read. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain       | <propfind xmlns=\"DAV:\"@>           | ` xmlns:%s=\"u\"`",
        "apostrophes | <propfind xmlns='DAV:'@>             | ` xmlns:%s='u'`",
        "ends within | <propfind xmlns=\"DAV:\"@>           | ` xmlns:%s=\"'>\"`",
        "lines       | <propfind xmlns=\"DAV:\"@>           | `\txmlns:%s\n=\n\"/>\"`",
        "inside      | <propfind xmlns=\"DAV:\"><prop><a@/>  | ` xmlns:%s=\"u\"`",
        "a comment   | <propfind xmlns=\"DAV:\"><!--'--><a@> | ` xmlns:%s=\"u\"`",
        "CDATA       | <propfind xmlns=\"DAV:\"><![CDATA['><']]><a@> | ` xmlns:%s=\"u\"`",
      })
  void declarationsPastAllMeasure_areRefusedBeforeTheyAreCompared(
      String row, String body, String declaration) {
    String many =
        IntStream.range(0, 40_000)
            .mapToObj(i -> declaration.formatted("a" + Integer.toString(i, 36)))
            .collect(Collectors.joining());
    ByteArrayInputStream in =
        new ByteArrayInputStream(body.replace("@", many).getBytes(StandardCharsets.UTF_8));
    int size = in.available();
    DavException error = assertThrows(DavException.class, () -> read(in));
    assertEquals(Status.BAD_REQUEST, error.status());
    assertTrue(size - in.available() < size / 4, "it was read to the end");
  }

  /** The text of a property may speak of XML as often as it likes. */
  @Test
  void declarationsInText_areNone() {
    String text = "&lt;a xmlns='u'&gt; xmlns ".repeat(2_000);
    String value = text + "<![CDATA[" + "<a xmlns='u'>".repeat(2_000) + "]]>";
    String body =
        "<propertyupdate xmlns='DAV:'><set><prop><x xmlns='u'>@</x></prop></set></propertyupdate>";
    DavXml.read(stream(body.replace("@", value)), MAX, Propertyupdate.class).orElseThrow();
  }

  @Test
  void malformedUtf8_isBadRequest() {
    byte[] body = GOOD.replace("D:a", "D:\u00e4").getBytes(StandardCharsets.ISO_8859_1);
    DavException error =
        assertThrows(DavException.class, () -> read(new ByteArrayInputStream(body)));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @ParameterizedTest(name = "{0}, mark {1}")
  @CsvSource({
    "UTF-8, false, UTF-8",
    "UTF-8, true, UTF-8",
    "UTF-8, true, ISO-8859-1",
    "UTF-16BE, true, UTF-16",
    "UTF-16LE, true, UTF-16",
    "UTF-16BE, false, UTF-16BE",
    "UTF-16LE, false, utf-16le",
    "ISO-8859-1, false, ISO-8859-1",
    "windows-1252, false, Windows-1252",
  })
  void bodyInAnEncodingTheJdkKnows_isRead(String encoding, boolean mark, String declared)
      throws IOException {
    String declaration = "<?xml version=\"1.0\" encoding='" + declared + "'?>";
    String text = (mark ? "\uFEFF" : "") + declaration + GOOD.replace("D:a", "D:\u00e4");
    Propfind read = read(new ByteArrayInputStream(text.getBytes(encoding)));
    assertEquals(List.of(new QName("DAV:", "\u00e4")), read.prop());
  }

  @Test
  void byteOrderMarkOfUtf8_isNoCharacter() {
    assertEquals(List.of(new QName("DAV:", "a")), read(stream("\uFEFF" + GOOD)).prop());
  }

  private static String nested(int levels) {
    return "<a>".repeat(levels) + "</a>".repeat(levels);
  }

  @Test
  void deepNesting_isBadRequest() {
    assertTrue(read(stream(PROPFIND + nested(99) + "<D:allprop/></D:propfind>")).allprop());
    assertEquals(Status.BAD_REQUEST, refused(PROPFIND + nested(100) + "</D:propfind>").status());
    assertEquals(Status.BAD_REQUEST, refused(PROPFIND + "<a>".repeat(200_000)).status());
    String property = "<D:propertyupdate xmlns:D=\"DAV:\"><D:set><D:prop>" + nested(98);
    assertEquals(
        Status.BAD_REQUEST,
        assertThrows(
                DavException.class, () -> DavXml.read(stream(property), MAX, Propertyupdate.class))
            .status());
  }

  private static String attributes(String name, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append(' ').append(name).append(i).append("=\"urn:x\"");
    }
    return text.toString();
  }

  @Test
  void manyAttributes_areBadRequest() {
    for (String name : List.of("a", "xmlns:a")) {
      String most = "<b" + attributes(name, 100) + "/><D:allprop/></D:propfind>";
      assertTrue(read(stream(PROPFIND + most)).allprop());
      String tooMany = "<b" + attributes(name, 101) + "/><D:allprop/></D:propfind>";
      assertEquals(Status.BAD_REQUEST, refused(PROPFIND + tooMany).status());
    }
  }

  @Test
  void manyElements_areBadRequest() {
    String end = "<D:allprop/></D:propfind>";
    assertTrue(read(stream(PROPFIND + "<a/>".repeat(9_998) + end)).allprop());
    assertEquals(Status.BAD_REQUEST, refused(PROPFIND + "<a/>".repeat(9_999) + end).status());
  }

  @Test
  void bodyOfTheMostBytes_isRead_andOneMoreIsTooLarge() {
    assertFalse(DavXml.read(stream(GOOD), bytes(GOOD.length()), Propfind.class).isEmpty());
    DavException error =
        assertThrows(
            DavException.class,
            () -> DavXml.read(stream(GOOD), bytes(GOOD.length() - 1), Propfind.class));
    assertEquals(Status.CONTENT_TOO_LARGE, error.status());
  }

  @Test
  void endlessBody_isTooLarge() {
    InputStream endless =
        new InputStream() {
          private int sent;

          @Override
          public int read() {
            return sent < PROPFIND.length() ? PROPFIND.charAt(sent++) : ' ';
          }
        };
    DavException error = assertThrows(DavException.class, () -> read(endless));
    assertEquals(Status.CONTENT_TOO_LARGE, error.status());
  }

  @Test
  void namespacesMultipliedByProperties_areBadRequest() {
    String namespaces = attributes("xmlns:a", 90).replace("urn:x", "urn:" + "x".repeat(5_000));
    String body =
        "<D:propertyupdate xmlns:D=\"DAV:\""
            + namespaces
            + "><D:set><D:prop>"
            + "<b/>".repeat(9_000)
            + "</D:prop></D:set></D:propertyupdate>";
    DavException error =
        assertThrows(
            DavException.class, () -> DavXml.read(stream(body), MAX, Propertyupdate.class));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @Test
  void brokenConnection_isNotTakenForMalformedXml() {
    IOException gone = new IOException("gone");
    InputStream broken =
        new InputStream() {
          private int sent;

          @Override
          public int read() throws IOException {
            if (sent == GOOD.length() / 2) {
              throw gone;
            }
            return GOOD.charAt(sent++);
          }
        };
    assertSame(gone, assertThrows(UncheckedIOException.class, () -> read(broken)).getCause());
  }

  /** The seed is fixed, so that a body which breaks something breaks it again. */
  @Test
  void bodyWithBrokenBytes_isReadOrRefusedInSilence() throws IOException {
    String good = "<?xml version='1.0'?>" + GOOD.replace("<D:a/>", "<a b='&lt;'>c</a>");
    byte[] marks = "<>&'\"!?[]-:/= \u00ff".getBytes(StandardCharsets.ISO_8859_1);
    Random random = new Random(4918);
    PrintStream console = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    int refused = 0;
    System.setErr(new PrintStream(printed, true));
    try {
      for (int i = 0; i < 20_000; i++) {
        byte[] body = good.getBytes(StandardCharsets.UTF_8);
        for (int changes = random.nextInt(3); changes >= 0; changes--) {
          body[random.nextInt(body.length)] = marks[random.nextInt(marks.length)];
        }
        refused += isRefused(body) ? 1 : 0;
      }
    } finally {
      System.setErr(console);
    }
    assertTrue(refused > 10_000, "refused " + refused);
    assertEquals("", printed.toString());
  }

  private static boolean isRefused(byte[] body) {
    try {
      read(new ByteArrayInputStream(body));
      return false;
    } catch (DavException e) {
      return true;
    }
  }
}
