package org.meantime.dav.request;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.meantime.dav.xml.Documents.stream;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.namespace.QName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.DavException;
import org.meantime.dav.PropertyUpdate;
import org.meantime.dav.Status;
import org.meantime.dav.request.LockRequest.LockInfo;
import org.meantime.dav.request.PropfindRequest.All;
import org.meantime.dav.request.PropfindRequest.Named;
import org.meantime.dav.request.PropfindRequest.Names;
import org.meantime.dav.request.PropfindRequest.Selection;
import org.meantime.dav.xml.XmlLimits;

class BodyParserTest {
  private static final XmlLimits MAX = new XmlLimits(1 << 20, 1_000);

  private static Selection propfind(String content) {
    String body = "<D:propfind xmlns:D=\"DAV:\" xmlns:x=\"urn:x\">" + content + "</D:propfind>";
    return BodyParser.propfind(stream(body), MAX);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "two | <D:prop><D:getetag/><x:a/></D:prop> | {DAV:}getetag {urn:x}a",
        "none | <D:prop/> | ''",
        "no namespace | <D:prop><a/><b xmlns=''/></D:prop> | a b",
        "twice | <D:prop><x:b/><x:a/><x:b/><y:b xmlns:y='urn:x'/></D:prop> | {urn:x}b {urn:x}a",
        "content in a name | <D:prop><x:a><x:b/>c</x:a><x:d/></D:prop> | {urn:x}a {urn:x}d",
        "prop in prop | <D:prop><D:prop><x:b/></D:prop></D:prop> | {DAV:}prop",
        "unknown beside | <x:y><D:allprop/></x:y><D:prop><x:a/></D:prop><D:new/> | {urn:x}a",
        "several | <D:prop><x:b/></D:prop><D:prop/><D:prop><x:a/><x:b/></D:prop>"
            + " | {urn:x}b {urn:x}a",
        "include is not for prop | <D:prop><x:a/></D:prop><D:include><x:b/></D:include> | {urn:x}a",
        "white space, comments | ' <!-- --> <D:prop> <?pi?> <x:a/> </D:prop> ' | {urn:x}a",
        "stray text | text<D:prop>text<x:a/></D:prop> | {urn:x}a",
        "attributes | <D:prop a='b'><x:a c='d'/></D:prop> | {urn:x}a",
      })
  void prop_namesThese(String row, String content, String names) {
    Named named = (Named) propfind(content);
    assertEquals(names, shown(named.names()));
  }

  private static String shown(List<QName> names) {
    return names.stream().map(QName::toString).collect(Collectors.joining(" "));
  }

  @Test
  void otherSelections_areThose() {
    assertEquals(new All(List.of()), BodyParser.propfind(stream(""), MAX));
    assertEquals(new All(List.of()), propfind("<D:allprop/>"));
    assertEquals(new Names(), propfind("<D:propname/>"));
    assertEquals(new Names(), propfind("<D:propname/><D:propname/>"));
    assertEquals(
        new All(List.of(new QName("urn:x", "a"), new QName("DAV:", "b"))),
        propfind("<D:allprop/><D:include><x:a/><D:b/><x:a/></D:include>"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "prop and allprop | <D:prop><x:a/></D:prop><D:allprop/> | {urn:x}a",
        "allprop and prop | <D:allprop/><D:prop/> | ''",
        "allprop twice | <D:allprop/><D:allprop/> | ''",
        "allprop and propname | <D:allprop/><D:propname/> | ''",
        "propname and prop | <D:propname/><D:prop><x:a/></D:prop> | {urn:x}a",
        "all of them | <D:prop><x:b/></D:prop><D:include><x:a/><x:b/></D:include><D:propname/>"
            + "<D:allprop/> | {urn:x}a {urn:x}b",
      })
  void severalSelections_areAllpropWithTheNamed(String row, String content, String include) {
    assertEquals(include, shown(((All) propfind(content)).include()));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | ''",
        "unknown alone (RFC 4918 A.2) | <x:expired-props/>",
        "of another namespace | <x:prop/>",
        "include alone | <D:include><x:a/></D:include>",
      })
  void propfindThatSelectsNothing_isBadRequest(String row, String content) {
    DavException error = assertThrows(DavException.class, () -> propfind(content));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  private static String update(String content) {
    return "<propertyupdate xmlns=\"DAV:\" xmlns:x=\"urn:x\">" + content + "</propertyupdate>";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "set | <set><prop><x:a>1</x:a></prop></set> | set {urn:x}a",
        "remove | <remove><prop><x:a/></prop></remove> | remove {urn:x}a",
        "document order | <remove><prop><x:a/></prop></remove><set><prop><x:a/><x:b/></prop></set>"
            + "<remove><prop><x:b/></prop></remove>"
            + " | remove {urn:x}a, set {urn:x}a, set {urn:x}b, remove {urn:x}b",
        "twice the same | <set><prop><x:a>1</x:a><x:a>2</x:a></prop></set>"
            + " | set {urn:x}a, set {urn:x}a",
        "empty ones between | <set/><set><prop/></set><remove><prop><x:a/></prop></remove>"
            + " | remove {urn:x}a",
        "unknown between | <x:set><prop><x:b/></prop></x:set><move/><set><x:y/><prop><x:a/></prop>"
            + "</set> | set {urn:x}a",
        "no property | <set><prop/></set> | ''",
        "no property to remove | <remove><prop/></remove><remove/> | ''",
        "set without prop | <set/> | ''",
        "prop out of place | <prop><x:b/></prop><set><prop><x:a/></prop></set> | set {urn:x}a",
      })
  void propertyupdate_isInstructionsInOrder(String row, String content, String instructions) {
    List<PropertyUpdate> updates = BodyParser.proppatch(stream(update(content)), MAX);
    assertEquals(
        instructions,
        updates.stream()
            .map(u -> (u instanceof PropertyUpdate.Set ? "set " : "remove ") + u.name())
            .collect(Collectors.joining(", ")));
  }

  @Test
  void value_isKeptWithNamespacesAndLanguage() {
    String body = update("<set xml:lang='en'><prop><x:a b='c'>d<x:e/></x:a></prop></set>");
    PropertyUpdate.Set set = (PropertyUpdate.Set) BodyParser.proppatch(stream(body), MAX).get(0);
    assertEquals(
        "<x:a xmlns=\"DAV:\" xmlns:x=\"urn:x\" xml:lang=\"en\" b=\"c\">d<x:e/></x:a>",
        set.property().xml());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "no set | ''",
        "prop alone | <prop><x:a/></prop>",
        "of another namespace | <x:set><prop><x:a/></prop></x:set>",
      })
  void propertyupdateWithoutInstruction_isBadRequest(String row, String content) {
    DavException error =
        assertThrows(DavException.class, () -> BodyParser.proppatch(stream(update(content)), MAX));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @Test
  void noBody_isARefreshForLockAndBadRequestForProppatch() {
    assertEquals(Optional.empty(), BodyParser.lockinfo(stream(""), MAX));
    assertThrows(DavException.class, () -> BodyParser.proppatch(stream(""), MAX));
  }

  private static LockInfo lockinfo(String content) {
    String body = "<D:lockinfo xmlns:D=\"DAV:\">" + content + "</D:lockinfo>";
    return BodyParser.lockinfo(stream(body), MAX).get();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "exclusive | <D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype>"
            + " | true | ''",
        "shared, other order | <D:locktype><D:write/></D:locktype><D:lockscope><D:shared/>"
            + "</D:lockscope> | false | ''",
        "owner with href | <D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/>"
            + "</D:locktype><D:owner><D:href>http://me</D:href></D:owner>"
            + " | true | <D:owner xmlns:D=\"DAV:\"><D:href>http://me</D:href></D:owner>",
        "owner of text | <D:owner xml:lang='de'>ich &amp; du</D:owner><D:lockscope><D:shared/>"
            + "</D:lockscope><D:locktype><D:write/></D:locktype>"
            + " | false | <D:owner xmlns:D=\"DAV:\" xml:lang=\"de\">ich &amp; du</D:owner>",
        "unknown inside | <D:lockscope><new/><D:shared/></D:lockscope><D:locktype><D:write/>"
            + "</D:locktype><x/> | false | ''",
      })
  void lockinfo_isThatLock(String row, String content, boolean exclusive, String owner) {
    assertEquals(new LockInfo(exclusive, owner), lockinfo(content));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing | '' | BAD_REQUEST",
        "no type | <D:lockscope><D:shared/></D:lockscope> | BAD_REQUEST",
        "no scope | <D:locktype><D:write/></D:locktype> | BAD_REQUEST",
        "both scopes | <D:lockscope><D:shared/><D:exclusive/></D:lockscope><D:locktype><D:write/>"
            + "</D:locktype> | BAD_REQUEST",
        "unknown scope | <D:lockscope><D:some/></D:lockscope><D:locktype><D:write/></D:locktype>"
            + " | UNPROCESSABLE_CONTENT",
        "unknown type | <D:lockscope><D:shared/></D:lockscope><D:locktype><D:read/></D:locktype>"
            + " | UNPROCESSABLE_CONTENT",
      })
  void otherLockinfo_isRefused(String row, String content, Status status) {
    DavException error = assertThrows(DavException.class, () -> lockinfo(content));
    assertEquals(status, error.status());
  }

  @Test
  void wrongRoot_isBadRequest() {
    for (String root : List.of("<propfind/>", "<D:lockinfo xmlns:D='DAV:'/>", "<a/>")) {
      DavException error =
          assertThrows(DavException.class, () -> BodyParser.propfind(stream(root), MAX));
      assertEquals(Status.BAD_REQUEST, error.status());
      assertTrue(error.precondition().isEmpty());
    }
  }
}
