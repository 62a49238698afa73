package org.meantime.it.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meantime.it.http.Dav;
import org.meantime.it.http.Response;
import org.meantime.it.http.Xml;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** PROPPATCH: all or nothing, in order, and every value as it was given (RFC 4918 §9.2, §4.3). */
class ProppatchIT extends Protocol {
  private static final String DONE = "//D:propstat[D:status='HTTP/1.1 200 OK']/D:prop/";

  private static Dav filled() {
    Dav dav = Dav.inNewCollection();
    dav.put("/d", "one").is(201);
    return dav;
  }

  private static String set(String properties) {
    return "<D:set><D:prop>" + properties + "</D:prop></D:set>";
  }

  private static String remove(String properties) {
    return "<D:remove><D:prop>" + properties + "</D:prop></D:remove>";
  }

  private static Xml get(Dav dav, String path, String names) {
    return dav.propfind(path, 0, "<D:prop>" + names + "</D:prop>").is(207).xml();
  }

  @Test
  void patched_isToldByNameWithoutValue() {
    Dav dav = filled();
    Xml told = dav.proppatch("/d", set("<Z:a>1</Z:a>") + remove("<Z:b/>")).is(207).xml();
    assertEquals(dav.href("/d"), told.text("/D:multistatus/D:response/D:href"));
    assertEquals(2, told.count(DONE + "*[not(node())]"));
    assertEquals(1, told.count(DONE + "Z:a"));
    assertEquals(1, told.count(DONE + "Z:b"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "set then set      | <D:set><D:prop><Z:p>1</Z:p></D:prop></D:set><D:set><D:prop><Z:p>2</Z:p></D:prop></D:set> | 2",
        "twice in one prop | <D:set><D:prop><Z:p>1</Z:p><Z:p>2</Z:p></D:prop></D:set> | 2",
        "remove then set   | <D:remove><D:prop><Z:p/></D:prop></D:remove><D:set><D:prop><Z:p>2</Z:p></D:prop></D:set> | 2",
        "set then remove   | <D:set><D:prop><Z:p>1</Z:p></D:prop></D:set><D:remove><D:prop><Z:p/></D:prop></D:remove> | none",
        "set, remove, set  | <D:set><D:prop><Z:p>1</Z:p></D:prop></D:set><D:remove><D:prop><Z:p/></D:prop></D:remove><D:set><D:prop><Z:p>3</Z:p></D:prop></D:set> | 3",
        "unknown elements  | <Z:x/><D:set><Z:y/><D:prop><Z:p>1</Z:p></D:prop></D:set> | 1",
      })
  void instructions_areExecutedInOrder(String row, String updates, String expected) {
    Dav dav = filled();
    dav.proppatch("/d", set("<Z:p>0</Z:p>")).is(207);
    dav.proppatch("/d", updates).is(207);
    Xml found = get(dav, "/d", "<Z:p/>");
    assertEquals(expected, found.has(DONE + "Z:p") ? found.text(DONE + "Z:p") : "none");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "text              | <Z:p>a b</Z:p>",
        "empty             | <Z:p/>",
        "white space       | <Z:p>  a~ b~~ </Z:p>",
        "only white space  | <Z:p>   </Z:p>",
        "characters        | <Z:p>&lt;&amp;&gt;\"' ä 😀 &#xA0;&#13;</Z:p>",
        "CDATA             | <Z:p><![CDATA[<a>&b]]></Z:p>",
        "]]>               | <Z:p>]]&gt;</Z:p>",
        "attributes        | <Z:p a='1' Z:b='2' c='&lt;&quot;&#10;&#9;'>x</Z:p>",
        "mixed content     | <Z:p>one <Z:b>two</Z:b> three<Z:e/> four</Z:p>",
        "other namespaces  | <Z:p><a xmlns='urn:a'><b xmlns=''/><q:c xmlns:q='urn:q' q:x='1'/></a></Z:p>",
        "default namespace | <p xmlns='urn:z'><q/>t</p>",
        "prefix redeclared | <Z:p><Z:q xmlns:Z='urn:other'/><Z:r/></Z:p>",
        "DAV: inside       | <Z:p><D:href>/a</D:href><D:prop><D:getetag/></D:prop></Z:p>",
        "language          | <Z:p xml:lang='de'>Hallo</Z:p>",
        "language inside   | <Z:p><Z:q xml:lang='de-AT'>Servus</Z:q></Z:p>",
        "preserved space   | <Z:p xml:space='preserve'> a </Z:p>",
      })
  void value_isKeptVerbatim(String row, String written) {
    Dav dav = filled();
    String property = written.replace('~', '\n');
    dav.proppatch("/d", set(property)).is(207);
    Node found = get(dav, "/d", "<Z:p/>").nodes(DONE + "*").get(0);
    String sent = "<x xmlns:D='DAV:' xmlns:Z='urn:z'>" + property + "</x>";
    Node given = Xml.parse(sent.getBytes(StandardCharsets.UTF_8)).nodes("/x/*").get(0);
    assertEquals(canonical(given), canonical(found));
  }

  /** Everything but the declarations of namespaces, which may move. */
  private static String canonical(Node node) {
    if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
      return node.getNodeValue().replace("<", "&lt;");
    }
    TreeSet<String> attributes = new TreeSet<>();
    NamedNodeMap given = node.getAttributes();
    for (int i = 0; i < given.getLength(); i++) {
      Node attribute = given.item(i);
      if (!"http://www.w3.org/2000/xmlns/".equals(attribute.getNamespaceURI())) {
        attributes.add(
            "{"
                + attribute.getNamespaceURI()
                + "}"
                + attribute.getNodeName()
                + "="
                + attribute.getNodeValue());
      }
    }
    StringBuilder text =
        new StringBuilder(
            "<{" + node.getNamespaceURI() + "}" + node.getNodeName() + attributes + ">");
    for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
      text.append(canonical(child));
    }
    return text.append("</>").toString();
  }

  @Test
  void languageInScope_staysWithTheValue() {
    Dav dav = filled();
    dav.request("PROPPATCH", "/d")
        .body(
            "<D:propertyupdate xmlns:D='DAV:' xml:lang='en'><D:set><D:prop xml:lang='fr'>"
                + "<p xmlns='urn:z'>Bonjour</p><q xmlns='urn:z' xml:lang='de'>Hallo</q>"
                + "</D:prop></D:set></D:propertyupdate>")
        .send()
        .is(207);
    Xml found = get(dav, "/d", "<Z:p/><Z:q/>");
    assertEquals("fr", found.text(DONE + "Z:p/@xml:lang"));
    assertEquals("de", found.text(DONE + "Z:q/@xml:lang"));
  }

  @Test
  void prefixUsedInText_keepsItsNamespace() {
    Dav dav = filled();
    dav.request("PROPPATCH", "/d")
        .body(
            "<D:propertyupdate xmlns:D='DAV:' xmlns:xs='urn:xs'><D:set><D:prop>"
                + "<p xmlns='urn:z' type='xs:date'>xs:date</p></D:prop></D:set></D:propertyupdate>")
        .send()
        .is(207);
    Element found = (Element) get(dav, "/d", "<Z:p/>").nodes(DONE + "Z:p").get(0);
    assertEquals("urn:xs", found.lookupNamespaceURI("xs"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "creator-displayname",
        "getcontentlength",
        "getcontenttype",
        "getetag",
        "lockdiscovery",
        "quota-available-bytes",
        "quota-used-bytes",
        "resourcetype",
        "supportedlock"
      })
  void protectedProperty_isRefusedAndTheRestWithIt(String property) {
    Dav dav = filled();
    dav.proppatch("/d", set("<Z:a>old</Z:a>")).is(207);
    Snapshot before = Snapshot.of(dav);
    String name = "<D:" + property + "/>";
    for (String update : Set.of(set(name), remove(name))) {
      Xml told =
          dav.proppatch("/d", set("<Z:a>new</Z:a><Z:b>new</Z:b>") + update + remove("<Z:a/>"))
              .is(207)
              .xml();
      String refused = "//D:propstat[D:status='HTTP/1.1 403 Forbidden']";
      assertEquals(1, told.count(refused + "/D:prop/*"));
      assertTrue(told.has(refused + "/D:prop/D:" + property));
      assertTrue(told.has(refused + "/D:error/D:cannot-modify-protected-property"));
      String dependent = "//D:propstat[D:status='HTTP/1.1 424 Failed Dependency']/D:prop/";
      assertEquals(1, told.count(dependent + "Z:a"));
      assertEquals(1, told.count(dependent + "Z:b"));
      before.assertUnchanged();
    }
  }

  private static final String LANGUAGE = "D:getcontentlanguage";

  private static String language(Dav dav, String path) {
    Xml found = get(dav, path, "<" + LANGUAGE + "/>");
    String field = dav.head(path).is(200).find("Content-Language").orElse("none");
    assertEquals(field, found.has(DONE + LANGUAGE) ? found.text(DONE + LANGUAGE) : "none");
    assertEquals(field, dav.get(path).is(200).find("Content-Language").orElse("none"));
    return field;
  }

  private static void put(Dav dav, String languages) {
    dav.request("PUT", "/d").header("Content-Language", languages).body("x").send().is(204);
  }

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "<D:set><D:prop><D:getcontentlanguage>de</D:getcontentlanguage></D:prop></D:set> | de",
        "<D:set><D:prop><D:getcontentlanguage> de-AT, mi </D:getcontentlanguage></D:prop></D:set> | de-AT, mi",
        "<D:set><D:prop><D:getcontentlanguage xml:lang='en'><![CDATA[de]]></D:getcontentlanguage></D:prop></D:set> | de",
        "<D:set><D:prop><D:getcontentlanguage/></D:prop></D:set> | none",
        "<D:remove><D:prop><D:getcontentlanguage/></D:prop></D:remove> | none",
        "<D:set><D:prop><D:getcontentlanguage>de</D:getcontentlanguage></D:prop></D:set><D:remove><D:prop><D:getcontentlanguage/></D:prop></D:remove> | none",
        "<D:remove><D:prop><D:getcontentlanguage/></D:prop></D:remove><D:set><D:prop><D:getcontentlanguage>de</D:getcontentlanguage></D:prop></D:set> | de",
      })
  @Tag("ours")
  void language_isThatOfTheLastUpdate(String updates, String expected) {
    Dav dav = filled();
    put(dav, "fr");
    String tag = dav.get("/d").header("ETag");
    Xml told = dav.proppatch("/d", updates).is(207).xml();
    assertEquals(1, told.count(DONE + LANGUAGE + "[not(node())]"));
    assertEquals(expected, language(dav, "/d"));
    assertEquals(tag, dav.get("/d").header("ETag"));
    Xml all = dav.propfind("/d", 0, "<D:allprop/>").is(207).xml();
    assertEquals(expected.equals("none") ? 0 : 1, all.count("//" + LANGUAGE));
  }

  @Test
  @Tag("ours")
  void language_travelsAndEndsWithTheContent() {
    Dav dav = filled();
    dav.proppatch("/d", set("<D:getcontentlanguage>de</D:getcontentlanguage><Z:p/>")).is(207);
    dav.copy("/d", "/d2").is(201);
    assertEquals("de", language(dav, "/d2"));
    dav.move("/d2", "/d3").is(201);
    assertEquals("de", language(dav, "/d3"));
    put(dav, "fr");
    assertEquals("fr", language(dav, "/d"));
    dav.proppatch("/d", set("<D:getcontentlanguage>de</D:getcontentlanguage>")).is(207);
    dav.put("/d", "none").is(204);
    assertEquals("none", language(dav, "/d"));
  }

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "/d  | de en             | 409 Conflict",
        "/d  | größe             | 409 Conflict",
        "/d  | <D:href>de</D:href> | 409 Conflict",
        "/d  | de&#13;&#10;X: y  | 409 Conflict",
        "/c/ | de                | 403 Forbidden",
      })
  @Tag("ours")
  void languageThatIsNone_isRefusedAndTheRestWithIt(String path, String value, String status) {
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    Snapshot before = Snapshot.of(dav);
    String language = "<D:getcontentlanguage>" + value + "</D:getcontentlanguage>";
    Xml told = dav.proppatch(path, set("<Z:a>new</Z:a>" + language)).is(207).xml();
    String refused = "//D:propstat[D:status='HTTP/1.1 " + status + "']/D:prop/";
    assertEquals(1, told.count(refused + LANGUAGE));
    assertTrue(told.has("//D:propstat[D:status='HTTP/1.1 424 Failed Dependency']/D:prop/Z:a"));
    before.assertUnchanged();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "empty prop       | <D:set><D:prop/></D:set>",
        "nothing to remove | <D:remove><D:prop/></D:remove>",
        "set alone        | <D:set/>",
      })
  void instructionWithoutProperty_isAnsweredWithAResponse(String row, String updates) {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    Xml told = dav.proppatch("/d", updates).is(207).xml();
    assertEquals(1, told.count("/D:multistatus/D:response/D:propstat[D:prop[not(*)]]/D:status"));
    before.assertUnchanged();
  }

  private static final String WINDOWS = "urn:schemas-microsoft-com:";

  private static String date(String namespace, String local, String value) {
    return "<%s xmlns='%s'>%s</%s>".formatted(local, namespace, value, local);
  }

  private static String dateOf(Dav dav, String path, String namespace, String local) {
    return get(dav, path, date(namespace, local, "")).text(DONE + "*");
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "DAV:                       | getlastmodified       | Fri, 31 Dec 1999 23:59:59 GMT   | getlastmodified",
        "DAV:                       | getlastmodified       | Friday, 31-Dec-99 23:59:59 GMT  | getlastmodified",
        "DAV:                       | getlastmodified       | 1999-12-31T23:59:59.987654321Z  | getlastmodified",
        "DAV:                       | getlastmodified       | <![CDATA[946684799]]>           | getlastmodified",
        "DAV:                       | lastmodified          | 946684799                       | getlastmodified",
        "DAV:                       | lastmodified          | 946684799987                    | getlastmodified",
        "DAV:                       | lastmodified          | 946684799987654321              | getlastmodified",
        "DAV:                       | lastmodified          | Fri, 31 Dec 1999 23:59:59 GMT   | getlastmodified",
        "urn:schemas-microsoft-com: | Win32LastModifiedTime | Fri, 31 Dec 1999 23:59:59 GMT   | getlastmodified",
        "urn:schemas-microsoft-com: | Win32CreationTime     | Fri, 31 Dec 1999 23:59:59 GMT   | creationdate",
        "DAV:                       | creationdate          | 1999-12-31T23:59:59Z            | creationdate",
        "DAV:                       | creationdate          | 2000-01-01T00:59:59.5+01:00     | creationdate",
        "DAV:                       | creationdate          | 946684799                       | creationdate",
      })
  @Tag("ours")
  void dateThatIsSet_isKeptAndShown(String namespace, String local, String value, String shown) {
    boolean creation = shown.equals("creationdate");
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    String tag = dav.get("/d").header("ETag");
    String other = creation ? "getlastmodified" : "creationdate";
    String before = dateOf(dav, "/d", "DAV:", other);
    for (String path : Set.of("/d", "/c/")) {
      Xml told = dav.proppatch(path, set(date(namespace, local, value))).is(207).xml();
      assertEquals(1, told.count(DONE + "*[local-name()='" + local + "'][not(node())]"));
      assertEquals(
          creation ? "1999-12-31T23:59:59Z" : "Fri, 31 Dec 1999 23:59:59 GMT",
          dateOf(dav, path, "DAV:", shown));
      assertEquals(1, dav.propfind(path, 0, "<D:allprop/>").xml().count(DONE + "D:" + shown));
    }
    assertEquals(before, dateOf(dav, "/d", "DAV:", other));
    assertEquals(tag, dav.get("/d").header("ETag"));
    if (!creation) {
      assertEquals("Fri, 31 Dec 1999 23:59:59 GMT", dav.get("/d").header("Last-Modified"));
    }
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource({
    "DAV:, getlastmodified, ''",
    "DAV:, getlastmodified, yesterday",
    "DAV:, getlastmodified, <D:href>946684799</D:href>",
    "DAV:, lastmodified, 99999999999999999999",
    "DAV:, creationdate, 1999-12-31",
    "urn:schemas-microsoft-com:, Win32LastModifiedTime, 'Sat, 31 Dec 1999 23:59:59 GMT'",
    "urn:schemas-microsoft-com:, Win32CreationTime, +10000-01-01T00:00:00Z",
  })
  @Tag("ours")
  void dateThatIsNone_isA409AndNothingIsStored(String namespace, String local, String value) {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    String good = "<D:creationdate>946684799</D:creationdate><Z:a>new</Z:a>";
    Xml told = dav.proppatch("/d", set(good) + set(date(namespace, local, value))).is(207).xml();
    String refused = "//D:propstat[D:status='HTTP/1.1 409 Conflict']/D:prop/";
    assertTrue(told.has(refused + "*[local-name()='" + local + "']"));
    String dependent = "//D:propstat[D:status='HTTP/1.1 424 Failed Dependency']/D:prop/";
    assertEquals(1, told.count(dependent + "Z:a"));
    before.assertUnchanged();
  }

  @Test
  void namesOfXml_keepTheirPrefix() {
    Dav dav = filled();
    String names = "<xml:p/><xml:lang/>";
    Xml told =
        dav.proppatch("/d", set("<xml:p xml:lang='de'>v<xml:c/></xml:p>") + remove("<xml:lang/>"))
            .is(207)
            .xml();
    assertEquals(1, told.count(DONE + "xml:p"));
    assertEquals(1, told.count(DONE + "xml:lang"));
    Xml found = get(dav, "/d", names);
    assertEquals("v", found.text(DONE + "xml:p"));
    assertEquals("de", found.text(DONE + "xml:p/@xml:lang"));
    assertEquals(1, found.count(DONE + "xml:p/xml:c"));
    assertEquals(1, found.count("//xml:lang"));
    assertEquals(1, dav.propfind("/d", 0, "<D:propname/>").is(207).xml().count(DONE + "xml:p"));
  }

  @Test
  @Tag("ours")
  void datesAndAttributesOfWindows_comeBack() {
    Dav dav = filled();
    Map<String, String> given = new TreeMap<>();
    given.put("Win32CreationTime", "Mon, 01 Jan 1601 00:00:00 GMT");
    given.put("Win32LastAccessTime", "Tue, 01 Dec 2026 02:57:20 GMT");
    given.put("Win32LastModifiedTime", "Fri, 31 Dec 1999 23:59:59 GMT");
    given.put("Win32FileAttributes", "00000020");
    String all =
        given.entrySet().stream()
            .map(each -> date(WINDOWS, each.getKey(), each.getValue()))
            .collect(Collectors.joining());
    Xml told = dav.proppatch("/d", set(all)).is(207).xml();
    assertEquals(4, told.count(DONE + "*"));
    given.forEach((local, value) -> assertEquals(value, dateOf(dav, "/d", WINDOWS, local)));
    assertEquals("1601-01-01T00:00:00Z", dateOf(dav, "/d", "DAV:", "creationdate"));
    assertEquals("Fri, 31 Dec 1999 23:59:59 GMT", dav.head("/d").header("Last-Modified"));
    dav.put("/d", "two").is(204);
    String now = dateOf(dav, "/d", "DAV:", "getlastmodified");
    assertNotEquals(given.get("Win32LastModifiedTime"), now);
    assertEquals(now, dateOf(dav, "/d", WINDOWS, "Win32LastModifiedTime"));
    assertEquals("00000020", dateOf(dav, "/d", WINDOWS, "Win32FileAttributes"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"creationdate", "getlastmodified"})
  @Tag("ours")
  void date_isNotRemoved(String property) {
    Dav dav = filled();
    dav.proppatch("/d", set("<D:%s>946684799</D:%s>".formatted(property, property))).is(207);
    Snapshot before = Snapshot.of(dav);
    Xml told = dav.proppatch("/d", remove("<D:" + property + "/>")).is(207).xml();
    assertTrue(told.has("//D:propstat[D:status='HTTP/1.1 403 Forbidden']/D:prop/D:" + property));
    before.assertUnchanged();
  }

  @Test
  @Tag("ours")
  void dateOfACollection_lastsUntilAMemberComes() {
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    dav.put("/c/d", "one").is(201);
    dav.proppatch("/c/", set("<D:getlastmodified>946684799</D:getlastmodified>")).is(207);
    dav.put("/c/d", "two").is(204);
    String old = "Fri, 31 Dec 1999 23:59:59 GMT";
    assertEquals(old, dateOf(dav, "/c/", "DAV:", "getlastmodified"));
    dav.put("/c/e", "one").is(201);
    assertNotEquals(old, dateOf(dav, "/c/", "DAV:", "getlastmodified"));
  }

  @Test
  void displayname_isTheNameUntilItIsSet() {
    Dav dav = filled();
    dav.proppatch("/d", set("<D:displayname>A &amp; B</D:displayname>")).is(207);
    assertEquals("A & B", get(dav, "/d", "<D:displayname/>").text(DONE + "D:displayname"));
    dav.proppatch("/d", remove("<D:displayname/>")).is(207);
    assertEquals("d", get(dav, "/d", "<D:displayname/>").text(DONE + "D:displayname"));
  }

  @Test
  void properties_outliveContentAndTravelWithTheResource() {
    Dav dav = filled();
    dav.mkcol("/c/").is(201);
    dav.put("/c/m", "two").is(201);
    for (String path : Set.of("/d", "/c/", "/c/m")) {
      dav.proppatch(path, set("<Z:p>of " + path + "</Z:p>")).is(207);
    }
    dav.put("/d", "other").is(204);
    assertEquals("of /d", get(dav, "/d", "<Z:p/>").text(DONE + "Z:p"));
    dav.copy("/d", "/d2").is(201);
    dav.move("/d", "/d3").is(201);
    dav.copy("/c", "/c2").is(201);
    dav.move("/c", "/c3").is(201);
    assertEquals("of /d", get(dav, "/d2", "<Z:p/>").text(DONE + "Z:p"));
    assertEquals("of /d", get(dav, "/d3", "<Z:p/>").text(DONE + "Z:p"));
    for (String copy : Set.of("/c2", "/c3")) {
      assertEquals("of /c/", get(dav, copy + "/", "<Z:p/>").text(DONE + "Z:p"));
      assertEquals("of /c/m", get(dav, copy + "/m", "<Z:p/>").text(DONE + "Z:p"));
    }
    dav.proppatch("/d2", set("<Z:p>its own</Z:p>")).is(207);
    assertEquals("of /d", get(dav, "/d3", "<Z:p/>").text(DONE + "Z:p"));
    dav.delete("/d3").is(204);
    dav.put("/d3", "new").is(201);
    assertEquals(0, get(dav, "/d3", "<Z:p/>").count(DONE + "Z:p"));
  }

  @Test
  void names_areTheirNamespaceToo() {
    Dav dav = filled();
    dav.proppatch(
            "/d",
            set(
                "<p xmlns='urn:a'>a</p><p xmlns='urn:b'>b</p><p xmlns=''>none</p><D:p>dav</D:p>"
                    + "<größe xmlns='urn:a'>x</größe>"))
        .is(207);
    Xml found = dav.propfind("/d", 0, "<D:allprop/>").is(207).xml();
    assertEquals("a", found.text(DONE + "*[local-name()='p' and namespace-uri()='urn:a']"));
    assertEquals("b", found.text(DONE + "*[local-name()='p' and namespace-uri()='urn:b']"));
    assertEquals("none", found.text(DONE + "*[local-name()='p' and namespace-uri()='']"));
    assertEquals("dav", found.text(DONE + "D:p"));
    assertEquals("x", found.text(DONE + "*[local-name()='größe']"));
  }

  @Test
  void manyAndLongProperties_areKept() {
    Dav dav = filled();
    String many =
        IntStream.range(0, 1000)
            .mapToObj(i -> "<Z:p%d>%d</Z:p%d>".formatted(i, i, i))
            .collect(Collectors.joining());
    dav.proppatch("/d", set(many)).is(207);
    dav.proppatch("/d", set("<Z:long>" + "ä".repeat(30_000) + "</Z:long>")).is(207);
    String tooLong = "<Z:longer>" + "ä".repeat(200_000) + "</Z:longer>";
    assertTrue(dav.proppatch("/d", set(tooLong)).is(207).text().contains(" 507 "));
    Xml found = dav.propfind("/d", 0, "<D:allprop/>").is(207).xml();
    assertEquals(1001, found.count(DONE + "Z:*"));
    assertEquals("ä".repeat(30_000), found.text(DONE + "Z:long"));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no content      | 400 | ''",
        "no instruction  | 400 | <propertyupdate xmlns='DAV:'/>",
        "prop alone      | 400 | <propertyupdate xmlns='DAV:'><prop><x/></prop></propertyupdate>",
        "another root    | 400 | <propfind xmlns='DAV:'><allprop/></propfind>",
        "cut             | 400 | <propertyupdate xmlns='DAV:'><set><prop><x>1</x></prop></set>",
        "cut after a set | 400 | <propertyupdate xmlns='DAV:'><set><prop><x>1</x></prop></set><set><prop><y",
        "DOCTYPE         | 403 | <!DOCTYPE p><propertyupdate xmlns='DAV:'><set><prop><x>1</x></prop></set></propertyupdate>",
        "entity          | 403 | <!DOCTYPE p [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><propertyupdate xmlns='DAV:'><set><prop><x>&a;</x></prop></set></propertyupdate>",
      })
  void bodyThatIsNoUpdate_changesNothing(String row, int expected, String body) {
    Dav dav = filled();
    Snapshot before = Snapshot.of(dav);
    Response response = dav.request("PROPPATCH", "/d").body(body).send();
    assertEquals(expected, response.status(), response::toString);
    before.assertUnchanged();
  }
}
