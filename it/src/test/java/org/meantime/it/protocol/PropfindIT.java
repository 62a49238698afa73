package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.RawConnection;
import org.meantime.it.http.Request;
import org.meantime.it.http.Response;
import org.meantime.it.http.Xml;
import org.meantime.it.server.User;
import org.w3c.dom.Node;

/** PROPFIND: what it selects, how far it goes, what each property says (RFC 4918 §9.1, §15). */
class PropfindIT extends Protocol {
  private static final String OK = "//D:propstat[D:status='HTTP/1.1 200 OK']/D:prop/";
  private static final String MISSING = "//D:propstat[D:status='HTTP/1.1 404 Not Found']/D:prop/";

  /** A document with everything a document can have, and a collection with a member. */
  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.request("PUT", "/d.bin")
        .header("Content-Type", "text/plain; charset=utf-8")
        .header("Content-Language", "de, en")
        .body("one")
        .send()
        .is(201);
    dav.proppatch("/d.bin", "<D:set><D:prop><Z:dead>v</Z:dead></D:prop></D:set>").is(207);
    dav.mkcol("/c/").is(201);
    dav.put("/c/m", "two").is(201);
    return dav;
  }

  private static Response propfind(Dav dav, String path, String depth, String body) {
    Request request = dav.request("PROPFIND", path).header("Depth", depth);
    return body.isEmpty() ? request.send() : request.body(body).send();
  }

  private static Set<String> names(Xml found, String path) {
    return found.nodes(path + "*").stream().map(Node::getLocalName).collect(Collectors.toSet());
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/d.bin | creationdate        | \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ",
        "/d.bin | creator-displayname | WRITER",
        "/d.bin | displayname         | d\\.bin",
        "/d.bin | getcontentlanguage  | de, en",
        "/d.bin | getcontentlength    | 3",
        "/d.bin | getcontenttype      | text/plain; charset=utf-8",
        "/d.bin | getetag             | \"[^\"]+\"",
        "/d.bin | getlastmodified     | \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT",
        "/d.bin | lockdiscovery       | ''",
        "/d.bin | resourcetype        | ''",
        "/c/    | creationdate        | \\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ",
        "/c/    | creator-displayname | WRITER",
        "/c/    | displayname         | c",
        "/c/    | getlastmodified     | \\w{3}, \\d\\d \\w{3} \\d{4} \\d\\d:\\d\\d:\\d\\d GMT",
        "/c/    | lockdiscovery       | ''",
        "/c/    | quota-available-bytes | \\d+",
        "/c/    | quota-used-bytes    | \\d+",
      })
  void liveProperty_hasThatForm(String path, String property, String form) {
    Xml found = filled().propfind(path, 0, "<D:prop><D:" + property + "/></D:prop>").is(207).xml();
    assertEquals(1, found.count(OK + "D:" + property));
    String value = found.text(OK + "D:" + property);
    assertTrue(value.matches(form.replace("WRITER", User.WRITER.username())), value);
  }

  @ParameterizedTest(name = "{0} has no {1}")
  @CsvSource({
    "/c/, getcontentlength",
    "/c/, getcontenttype",
    "/c/, getcontentlanguage",
    "/c/, getetag",
    "/d.bin, quota-available-bytes",
    "/d.bin, quota-used-bytes",
    "/d.bin, unknown",
    "/c/m, getcontentlanguage",
  })
  void propertyTheResourceLacks_is404(String path, String property) {
    Xml found = filled().propfind(path, 0, "<D:prop><D:" + property + "/></D:prop>").is(207).xml();
    assertEquals(1, found.count("//D:propstat"));
    assertEquals(1, found.count(MISSING + "D:" + property));
  }

  @Test
  void liveProperties_agreeWithTheFieldsOfGet() {
    Dav dav = filled();
    Response get = dav.get("/d.bin").is(200);
    Xml all = dav.propfind("/d.bin", 0, "<D:allprop/>").is(207).xml();
    assertEquals(get.header("ETag"), all.text(OK + "D:getetag"));
    assertEquals(get.header("Last-Modified"), all.text(OK + "D:getlastmodified"));
    assertEquals(get.contentType(), all.text(OK + "D:getcontenttype").replace("; ", ";"));
    assertEquals(get.header("Content-Language"), all.text(OK + "D:getcontentlanguage"));
    assertEquals(get.header("Content-Length"), all.text(OK + "D:getcontentlength"));
  }

  @Test
  void resourcetype_tellsCollections() {
    Dav dav = filled();
    Xml found = dav.propfind("/", 1, "<D:prop><D:resourcetype/></D:prop>").is(207).xml();
    assertEquals(
        Set.of(dav.href("/"), dav.href("/c/")),
        Set.copyOf(found.texts("//D:response[.//D:resourcetype/D:collection]/D:href")));
    assertEquals(
        List.of(dav.href("/d.bin")), found.texts("//D:response[.//D:resourcetype[not(*)]]/D:href"));
  }

  @Test
  @Tag("ours")
  void quotaUsed_growsWithContent() {
    Dav dav = Dav.inNewCollection();
    long before = quotaUsed(dav);
    dav.put("/d", "x".repeat(12_345)).is(201);
    Await.until(() -> quotaUsed(dav) >= before + 12_345);
  }

  private static long quotaUsed(Dav dav) {
    String prop = "<D:prop><D:quota-used-bytes/></D:prop>";
    return Long.parseLong(dav.propfind("/", 0, prop).is(207).xml().text("//D:quota-used-bytes"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no content          | ''",
        "allprop             | <D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
        "default namespace   | <propfind xmlns='DAV:'><allprop/></propfind>",
        "another prefix      | <x:propfind xmlns:x='DAV:'><x:allprop/></x:propfind>",
        "unknown element too | <D:propfind xmlns:D='DAV:'><D:allprop/><x xmlns='u:'/></D:propfind>",
        "allprop twice       | <D:propfind xmlns:D='DAV:'><D:allprop/><D:allprop/></D:propfind>",
        "allprop and prop    | <D:propfind xmlns:D='DAV:'><D:prop><D:getetag/></D:prop><D:allprop/></D:propfind>",
        "allprop, propname   | <D:propfind xmlns:D='DAV:'><D:propname/><D:allprop/></D:propfind>",
        "propname and prop   | <D:propfind xmlns:D='DAV:'><D:propname/><D:prop><D:getetag/></D:prop></D:propfind>",
        "comment and PI      | <!--c--><?p?><D:propfind xmlns:D='DAV:'><D:allprop/></D:propfind>",
      })
  void allprop_isTheUsualAndTheDeadProperties(String row, String body) {
    Xml found = propfind(filled(), "/d.bin", "0", body).is(207).xml();
    assertEquals(
        Set.of(
            "creationdate",
            "displayname",
            "getcontentlanguage",
            "getcontentlength",
            "getcontenttype",
            "getetag",
            "getlastmodified",
            "lockdiscovery",
            "resourcetype",
            "supportedlock",
            "dead"),
        names(found, OK));
    assertEquals("v", found.text(OK + "Z:dead"));
    assertEquals(1, found.count("//D:propstat"));
  }

  @Test
  void include_addsToAllprop() {
    Dav dav = filled();
    String include = "<D:allprop/><D:include><D:quota-used-bytes/><Z:no/></D:include>";
    Xml found = dav.propfind("/c/", 0, include).is(207).xml();
    assertTrue(names(found, OK).containsAll(Set.of("quota-used-bytes", "displayname")));
    assertFalse(names(found, OK).contains("quota-available-bytes"));
    assertEquals(Set.of("no"), names(found, MISSING));
  }

  @Test
  void propname_namesWithoutValues() {
    Xml found = filled().propfind("/d.bin", 0, "<D:propname/>").is(207).xml();
    Set<String> names = names(found, OK);
    assertTrue(
        names.containsAll(Set.of("getetag", "dead", "creator-displayname")), names::toString);
    assertFalse(names.contains("quota-used-bytes"), names::toString);
    assertEquals(0, found.count(OK + "*/node()"));
  }

  @Test
  void namedProperties_comeInTwoPropstats() {
    Xml found =
        propfind(
                filled(),
                "/d.bin",
                "0",
                "<propfind xmlns='DAV:'><prop><getetag/><dead xmlns='urn:z'/><a xmlns='urn:none'/>"
                    + "<b xmlns=''/><n:c xmlns:n='http://example.com/?x=1&amp;y=2'/></prop></propfind>")
            .is(207)
            .xml();
    assertEquals(Set.of("getetag", "dead"), names(found, OK));
    assertEquals(Set.of("a", "b", "c"), names(found, MISSING));
    assertEquals(1, found.count(MISSING + "*[namespace-uri()='urn:none']"));
    assertEquals(1, found.count(MISSING + "*[namespace-uri()='']"));
    assertEquals(1, found.count(MISSING + "*[namespace-uri()='http://example.com/?x=1&y=2']"));
    assertEquals(2, found.count("//D:propstat"));
  }

  @Test
  void severalProps_areOne() {
    String props =
        "<D:prop><D:getetag/></D:prop><D:prop/><D:prop><Z:dead/><D:getetag/><Z:no/></D:prop>";
    Xml found = filled().propfind("/d.bin", 0, props).is(207).xml();
    assertEquals(Set.of("getetag", "dead"), names(found, OK));
    assertEquals(1, found.count(OK + "D:getetag"));
    assertEquals(Set.of("no"), names(found, MISSING));
  }

  @Test
  void propBesideAllprop_addsToIt() {
    String both = "<D:allprop/><D:prop><D:quota-used-bytes/><Z:no/></D:prop>";
    Xml found = filled().propfind("/c/", 0, both).is(207).xml();
    assertTrue(names(found, OK).containsAll(Set.of("quota-used-bytes", "displayname")));
    assertEquals(Set.of("no"), names(found, MISSING));
  }

  @Test
  void emptyProp_isAnsweredWithAResponse() {
    Xml found = filled().propfind("/d.bin", 0, "<D:prop/>").is(207).xml();
    assertEquals(1, found.count("/D:multistatus/D:response/D:propstat[D:prop[not(*)]]/D:status"));
  }

  @ParameterizedTest(name = "Depth {0}: {1} responses")
  @CsvSource({"0, 1", "1, 3", "infinity, 4", "Infinity, 4", "'', 4"})
  void depth_saysHowFar(String depth, int responses) {
    Request request = filled().request("PROPFIND", "/");
    if (!depth.isEmpty()) {
      request.header("Depth", depth);
    }
    assertEquals(responses, request.send().is(207).xml().count("/D:multistatus/D:response"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "-1", "1, 0", "infinite", "0;x"})
  void depthThatIsNone_is400(String depth) {
    propfind(filled(), "/", depth, "").is(400);
  }

  @Test
  void collectionWithoutSlash_isToldItsUrl() {
    Dav dav = filled();
    Response without = propfind(dav, "/c", "0", "").is(207);
    assertEquals(dav.href("/c/"), without.header("Content-Location"));
    assertEquals(dav.href("/c/"), without.xml().text("//D:href"));
    assertTrue(propfind(dav, "/c/", "0", "").find("Content-Location").isEmpty());
    assertTrue(propfind(dav, "/d.bin", "0", "").find("Content-Location").isEmpty());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "not XML             | 400 | hello",
        "cut                 | 400 | <propfind xmlns='DAV:'><allprop/>",
        "two roots           | 400 | <propfind xmlns='DAV:'><allprop/></propfind><a/>",
        "another root        | 400 | <propertyupdate xmlns='DAV:'/>",
        "another namespace   | 400 | <propfind xmlns='DAV'><allprop/></propfind>",
        "no namespace        | 400 | <propfind><allprop/></propfind>",
        "undeclared prefix   | 400 | <D:propfind><D:allprop/></D:propfind>",
        "nothing asked       | 400 | <propfind xmlns='DAV:'/>",
        "unknown encoding    | 400 | <?xml version='1.0' encoding='x-no'?><propfind xmlns='DAV:'><allprop/></propfind>",
        "XML 1.1             | 400 | <?xml version='1.1'?><propfind xmlns='DAV:'><allprop/></propfind>",
        "unknown entity      | 400 | <propfind xmlns='DAV:'><prop><a>&no;</a></prop></propfind>",
        "DOCTYPE             | 403 | <!DOCTYPE propfind><propfind xmlns='DAV:'><allprop/></propfind>",
        "entity              | 403 | <!DOCTYPE p [<!ENTITY a 'a'>]><propfind xmlns='DAV:'><prop><b>&a;</b></prop></propfind>",
        "external entity     | 403 | <!DOCTYPE p [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><propfind xmlns='DAV:'><prop><b>&a;</b></prop></propfind>",
        "external DTD        | 403 | <!DOCTYPE p SYSTEM 'http://127.0.0.1:9/x.dtd'><propfind xmlns='DAV:'><allprop/></propfind>",
        "entity bomb         | 403 | <!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY c '&b;&b;&b;'>]><propfind xmlns='DAV:'><prop><b>&c;</b></prop></propfind>",
      })
  void bodyThatIsNoPropfind_isRefused(String row, int expected, String body) {
    Response response = propfind(filled(), "/d.bin", "0", body).is(expected);
    if (expected == 403) {
      assertTrue(response.xml().has("/D:error/D:no-external-entities"));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "deep, 400, <a>, 5000, </a>",
    "many elements, 403, <a/>, 20000, ''",
    "larger than meantime.xml.max, 413, <aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/>, 25000, ''",
  })
  void bodyOutOfProportion_isRefused(
      String row, int expected, String open, int times, String close) {
    String body =
        "<propfind xmlns='DAV:'><prop>"
            + open.repeat(times)
            + close.repeat(times)
            + "</prop></propfind>";
    propfind(filled(), "/d.bin", "0", body).is(expected);
  }

  @Test
  void oversizedBodyOfUnknownLength_is413() throws IOException {
    Dav dav = filled();
    try (RawConnection connection = RawConnection.open()) {
      connection.sendHead(
          "PROPFIND " + dav.href("/") + " HTTP/1.1",
          "Host: localhost",
          "Authorization: " + dav.user().authorization().orElseThrow(),
          "Depth: 0",
          "Transfer-Encoding: chunked");
      connection.send("1d\r\n<propfind xmlns='DAV:'><prop>\r\n");
      String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
      for (int sent = 0; sent <= 1 << 20; sent += 0x4000) {
        connection.send(chunk);
      }
      connection.send("0\r\n\r\n");
      connection.receive().is(413);
    }
  }

  @ParameterizedTest(name = "{0}: {1}, {2}, {3}")
  @CsvSource(
      delimiter = '|',
      value = {
        "BitKinex               | UTF-16     | none       | text/xml",
        "declared               | UTF-16     | utf-16     | application/xml; charset=UTF-16",
        "little endian, no mark | UTF-16LE   | Utf-16     | application/xml",
        "big endian, no mark    | UTF-16BE   | none       | none",
        "Latin-1                | ISO-8859-1 | iso-8859-1 | text/xml",
        "Latin-1 in capitals    | ISO-8859-1 | LATIN1     | text/xml; charset=\"utf-8\"",
        "utf8                   | UTF-8      | utf8       | none",
        "Joplin                 | UTF-8      | none       | text/plain",
        "curl -d                | UTF-8      | UTF-8      | application/x-www-form-urlencoded",
        "no type at all         | UTF-8      | utf-8      | xml",
      })
  void body_isReadAsItSaysItselfWhateverItsType(
      String row, String encoding, String declared, String type) throws IOException {
    String declaration =
        declared.equals("none") ? "" : "<?xml version='1.0' encoding='" + declared + "'?>";
    String body = "<propfind xmlns='DAV:'><prop><getetag/><größe xmlns='urn:z'/></prop></propfind>";
    Request request = filled().request("PROPFIND", "/d.bin").header("Depth", 0);
    if (!type.equals("none")) {
      request.header("Content-Type", type);
    }
    Xml found = request.body((declaration + body).getBytes(encoding)).send().is(207).xml();
    assertEquals(1, found.count(OK + "D:getetag"));
    assertEquals(1, found.count(MISSING + "Z:größe"));
  }

  @Test
  void markOfUtf8_isPassedOver() {
    String body = "\uFEFF<propfind xmlns='DAV:'><propname/></propfind>";
    assertTrue(
        names(propfind(filled(), "/d.bin", "0", body).is(207).xml(), OK).contains("getetag"));
  }

  @Test
  void twoThousandMembers_areAllTold() throws IOException {
    Dav dav = Dav.inNewCollection();
    dav.mkcol("/c/").is(201);
    try (RawConnection connection = RawConnection.open()) {
      ByteArrayOutputStream puts = new ByteArrayOutputStream();
      for (int i = 0; i < 500; i++) {
        puts.writeBytes(dav.request("PUT", "/c/m%20" + i).body("x".repeat(i)).bytes());
      }
      Thread sender = new Thread(() -> sendAll(connection, puts.toByteArray()));
      sender.start();
      for (int i = 0; i < 500; i++) {
        connection.receive().is(201);
      }
    }
    for (String copy : List.of("/c2", "/c3", "/c4")) {
      dav.copy("/c", copy).is(201);
    }
    Response response = propfind(dav, "/", "infinity", "").is(207);
    Xml all = response.xml();
    Set<String> expected = new HashSet<>(Set.of(dav.href("/")));
    for (String c : List.of("/c/", "/c2/", "/c3/", "/c4/")) {
      expected.add(dav.href(c));
      IntStream.range(0, 500).forEach(i -> expected.add(dav.href(c + "m%20" + i)));
    }
    List<String> hrefs = all.texts("/D:multistatus/D:response/D:href");
    assertEquals(expected.size(), hrefs.size());
    assertEquals(expected, Set.copyOf(hrefs));
    assertEquals(
        499 * 500 / 2 * 4,
        all.texts(OK + "D:getcontentlength").stream().mapToInt(Integer::parseInt).sum());
    assertEquals("chunked", response.header("Transfer-Encoding"));
  }

  private static void sendAll(RawConnection connection, byte[] bytes) {
    try {
      connection.send(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
