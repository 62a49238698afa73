package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meantime.dav.IfHeader.Condition;
import org.meantime.dav.IfHeader.ConditionList;
import org.meantime.dav.IfHeader.StateToken;
import org.meantime.dav.IfHeader.Tag;

class IfHeaderTest {
  /** Lists are shown as {@code resource: condition & condition}, one after the other. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "one token | (<urn:a:1>) | : <urn:a:1>",
        "RFC 10.4.6 | (<urn:a:1> [\"I am an ETag\"]) ([\"I am another ETag\"])"
            + " | : <urn:a:1> & \"I am an ETag\"; : \"I am another ETag\"",
        "RFC 10.4.7 | (Not <urn:a:1> <urn:a:2>) | : !<urn:a:1> & <urn:a:2>",
        "RFC 10.4.8 | (<urn:a:1>) (Not <DAV:no-lock>) | : <urn:a:1>; : !<DAV:no-lock>",
        "RFC 10.4.9 | </resource1> (<urn:a:1> [W/\"A weak ETag\"]) ([\"strong ETag\"])"
            + " | /resource1: <urn:a:1> & W/\"A weak ETag\"; /resource1: \"strong ETag\"",
        "RFC 10.4.10 | <http://www.example.com/specs/> (<urn:a:1>)"
            + " | http://www.example.com/specs/: <urn:a:1>",
        "RFC 10.4.11 | </specs/rfc2518.doc> ([\"4217\"]) | /specs/rfc2518.doc: \"4217\"",
        "RFC 10.4.11 negated | </specs/rfc2518.doc> (Not [\"4217\"])"
            + " | /specs/rfc2518.doc: !\"4217\"",
        "several tags | <http://a/b>(<urn:a:1>)(<urn:a:2>)</c>(<urn:a:3>)"
            + " | http://a/b: <urn:a:1>; http://a/b: <urn:a:2>; /c: <urn:a:3>",
        "no space | (<urn:a:1>[\"x\"]Not<urn:a:2>) | : <urn:a:1> & \"x\" & !<urn:a:2>",
        "much space | `  ( \t<urn:a:1>   [ \"x\" ]\t) ` | : <urn:a:1> & \"x\"",
        "Not in any case | (nOT <urn:a:1>) | : !<urn:a:1>",
        "brackets in an entity tag | ([\"a]) (b\"]) | : \"a]) (b\"",
        "opaquelocktoken | (<opaquelocktoken:1-2/x>) | : <opaquelocktoken:1-2/x>",
        "tag with a query | </a?b=(c)> (<urn:a:1>) | /a?b=(c): <urn:a:1>",
        "empty entity tag | ([\"\"]) | : \"\"",
      })
  void wellFormedHeader_hasThoseLists(String row, String header, String lists) {
    assertEquals(lists, shown(IfHeader.parse(header)));
  }

  private static String shown(IfHeader header) {
    return header.lists().stream()
        .map(list -> list.resource() + ": " + shown(list.conditions()))
        .collect(Collectors.joining("; "));
  }

  private static String shown(List<Condition> conditions) {
    return conditions.stream()
        .map(condition -> (condition.negated() ? "!" : "") + shown(condition))
        .collect(Collectors.joining(" & "));
  }

  private static String shown(Condition condition) {
    return condition instanceof StateToken token
        ? "<" + token.uri() + ">"
        : ((Tag) condition).entityTag().toString();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "nothing | ``",
        "space | `  `",
        "no parentheses | <urn:a:1>",
        "bare word | x",
        "empty list | ()",
        "empty list after another | (<urn:a:1>) ()",
        "only Not | (Not)",
        "Not twice | (Not Not <urn:a:1>)",
        "list not ended | (<urn:a:1>",
        "token not ended | (<urn:a:1)",
        "entity tag not ended | ([\"x\")",
        "entity tag without quotes | ([x])",
        "entity tag without brackets | (\"x\")",
        "entity tag with half its quotes | ([\"x])",
        "two entity tags in brackets | ([\"x\" \"y\"])",
        "entity tag after a word | ([x\"y\"])",
        "empty token | (<>)",
        "token without a scheme | (<abc>)",
        "path for a token | (</a>)",
        "tag without a list | </a>",
        "tag without a list, last | </a> (<urn:a:1>) </b>",
        "tag that is no URI | <a> (<urn:a:1>)",
        "untagged, then tagged | (<urn:a:1>) </a> (<urn:a:2>)",
        "comma between lists | (<urn:a:1>), (<urn:a:2>)",
        "nested list | ((<urn:a:1>))",
        "parenthesis too many | (<urn:a:1>))",
        "unknown word | (And <urn:a:1>)",
        "rubbish at the end | (<urn:a:1>) x",
      })
  void anythingElse_isBadRequest(String row, String header) {
    DavException error = assertThrows(DavException.class, () -> IfHeader.parse(header));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @Test
  void submittedTokens_areAllThatAppear() {
    IfHeader header =
        IfHeader.parse("</a> (<urn:a:1> [\"x\"]) (Not <urn:a:2>) </b> (<urn:a:1> <urn:a:3>)");
    assertEquals(
        Set.of(new LockToken("urn:a:1"), new LockToken("urn:a:2"), new LockToken("urn:a:3")),
        header.submittedTokens());
    assertEquals(Set.of(), IfHeader.NONE.submittedTokens());
  }

  @Test
  void manyLists_areParsedInOneGo() {
    List<ConditionList> lists = IfHeader.parse("(<urn:a:1>)".repeat(10_000)).lists();
    assertEquals(10_000, lists.size());
  }
}
