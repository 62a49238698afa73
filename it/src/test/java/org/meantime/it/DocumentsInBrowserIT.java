package org.meantime.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.it.client.Chromium;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Request;
import org.meantime.it.server.Archives;
import org.meantime.it.server.Jmx;
import org.meantime.it.server.Server;
import org.meantime.it.server.User;

/**
 * What becomes of a document that would act as whoever looks at it, in Chromium: it deletes {@code
 * /victim}. Each is seen to do so where its collection may run, unless no browser would.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class DocumentsInBrowserIT {
  private static final String RUN = "meantime.documents.run";

  private static Chromium chromium;

  private final Dav dav = Dav.inNewCollection();
  private final String script =
      "var x=new XMLHttpRequest();x.open('DELETE','%s',false);x.send();"
          .formatted(dav.url("/victim"));

  @Deployment(testable = false)
  static WebArchive archive() {
    return Archives.war();
  }

  @BeforeEach
  void open() throws Exception {
    dav.put("/victim", "content").is(201);
    if (chromium == null) {
      chromium = Chromium.open(User.WRITER);
    }
  }

  @AfterEach
  void forbid() throws Exception {
    chromium.complaints(); // of what it was kept from
    run("");
  }

  @AfterAll
  static void close() {
    if (chromium != null) {
      chromium.close();
      chromium = null;
    }
  }

  private static void run(String collections) throws Exception {
    try (Jmx jmx = Jmx.connect()) {
      jmx.set(RUN, collections);
    }
  }

  private String below() {
    return dav.base().substring(Server.ROOT.length());
  }

  /** What {@code SCRIPT}, and in {@code IN_HTML} a page with it, stand for. */
  private String content(String template) {
    return template
        .replace("IN_HTML", "<!DOCTYPE html><title>x</title><script>SCRIPT</script>")
        .replace("\\r\\n", "\r\n")
        .replace("SHEET", dav.href("/sheet.xsl"))
        .replace("SCRIPT", script);
  }

  private void put(String path, String type, String template) {
    Request put = dav.request("PUT", path).body(content(template));
    if (!type.equals("none")) {
      put.header("Content-Type", type);
    }
    put.send().is(201);
  }

  private void assertVictim(boolean there) {
    assertEquals(there ? 200 : 404, dav.get("/victim").status());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "HTML            | /d.html  | text/html                | IN_HTML | true",
        "HTML by name    | /d.html  | none                     | IN_HTML | true",
        "XHTML           | /d       | application/xhtml+xml    | "
            + "<html xmlns='http://www.w3.org/1999/xhtml'><script>SCRIPT</script></html> | true",
        "SVG             | /d.svg   | image/svg+xml            | "
            + "<svg xmlns='http://www.w3.org/2000/svg'><script>SCRIPT</script></svg> | true",
        "SVG, onload     | /d.svg   | none                     | "
            + "<svg xmlns='http://www.w3.org/2000/svg' onload=\"SCRIPT\"/> | true",
        "XML with XHTML  | /d.xml   | text/xml                 | "
            + "<x><s:script xmlns:s='http://www.w3.org/1999/xhtml'>SCRIPT</s:script></x> | true",
        "XML with XSLT   | /d.xml   | application/xml          | "
            + "<?xml-stylesheet type='text/xsl' href='SHEET'?><x/> | true",
        "own XML type    | /d       | application/x+xml        | "
            + "<x><s:script xmlns:s='http://www.w3.org/1999/xhtml'>SCRIPT</s:script></x> | false",
        "event handler   | /d.html  | text/html                | "
            + "<img src='data:,' onerror=\"SCRIPT\"> | true",
        "text            | /d.txt   | text/plain               | IN_HTML | false",
        "no type         | /d       | none                     | IN_HTML | false",
        "unknown type    | /d.html  | application/x-unknown    | IN_HTML | false",
        "a type of none  | /d       | */*                      | IN_HTML | false",
        "parts, replaced | /d       | multipart/x-mixed-replace;boundary=b | "
            + "--b\\r\\nContent-Type: text/html\\r\\n\\r\\nIN_HTML\\r\\n--b-- | false",
        "parts, related  | /d.mht   | multipart/related;boundary=b;type=\"text/html\" | "
            + "--b\\r\\nContent-Type: text/html\\r\\n\\r\\nIN_HTML\\r\\n--b-- | false",
        "a message       | /d.mht   | message/rfc822           | "
            + "MIME-Version: 1.0\\r\\nContent-Type: text/html\\r\\n\\r\\nIN_HTML | false",
      })
  void document_doesNothingUnlessItMayRun(
      String row, String path, String type, String template, boolean runs) throws Exception {
    dav.put(
            "/sheet.xsl",
            content(
                "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>"
                    + "<xsl:template match='/'><html><script>SCRIPT</script></html>"
                    + "</xsl:template></xsl:stylesheet>"))
        .is(201);
    put(path, type, template);
    chromium.go(dav.href(path));
    assertVictim(true);
    run(below());
    chromium.go(dav.href(path));
    assertVictim(!runs);
  }

  /** A browser keeps what it has seen, and asks whether it still holds. */
  @Test
  void documentThatMayRunNoMore_doesNothing() throws Exception {
    put("/d.html", "text/html", "IN_HTML");
    run(below());
    chromium.go(dav.href("/d.html"));
    assertVictim(false);
    dav.put("/victim", "content").is(201);
    run("");
    chromium.go(dav.href("/d.html"));
    assertVictim(true);
  }

  @Test
  void pdf_doesNothing() throws Exception {
    String pdf =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            + "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
            + "4 0 obj<</S/JavaScript/JS(app.launchURL\\('javascript:SCRIPT'\\);SCRIPT)>>endobj\n"
            + "trailer<</Root 1 0 R>>\n%%EOF";
    put("/d.pdf", "application/pdf", pdf);
    chromium.go(dav.href("/d.pdf"));
    assertVictim(true);
  }

  /** A dead property is whatever XML its owner likes. */
  @Test
  void resultOfAnOperation_neverRuns() throws Exception {
    String property =
        "<D:set><D:prop><s:script xmlns:s='http://www.w3.org/1999/xhtml'>%s</s:script></D:prop></D:set>";
    dav.proppatch("/victim", property.formatted(script)).is(207);
    Request listing = dav.request("PROPFIND", "/").header("Depth", "infinity");
    String href = listing.header("Prefer", "respond-async").send().is(202).header("Location");
    Documents.awaitEnd(href, "done");
    String result = Documents.get(href + "/result");
    assertEquals(true, result.contains("DELETE"), result);
    run("/");
    chromium.go(href + "/result");
    assertVictim(true);
  }

  @Test
  void textOfADocument_isShownAllTheSame() {
    byte[] page =
        "<!DOCTYPE html><title>x</title><h1>Read me</h1>".getBytes(StandardCharsets.UTF_8);
    dav.request("PUT", "/d.html").body(page).send().is(201);
    assertEquals("Read me", chromium.go(dav.href("/d.html")).await("//h1").text());
  }
}
