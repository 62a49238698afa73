package org.meantime.dav;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LockTokenTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "urn:uuid, <urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>",
    "opaquelocktoken, <opaquelocktoken:e71d4fae-5dec-22d6-fea5-00a0c91e6be4>",
    "opaquelocktoken with extension, <opaquelocktoken:e71d4fae-5dec-22d6-fea5-00a0c91e6be4/x.1>",
    "http, <http://example.com/locks/1?a=b>",
    "no-lock, <DAV:no-lock>",
  })
  void codedUrl_survives(String row, String codedUrl) {
    assertEquals(codedUrl, LockToken.parse(codedUrl).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
    "opaquelocktoken:e71d4fae-5dec-22d6-fea5-00a0c91e6be4/x.1",
    "' urn:uuid:1\t'",
  })
  void uriWithoutBrackets_isThatToken(String text) {
    assertEquals("<" + text.strip() + ">", LockToken.parse(text).toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "empty, ''",
    "a word, 1234",
    "an absolute path, /a/b",
    "two without brackets, 'urn:a:1 urn:a:2'",
    "a list, 'urn:uuid:1, urn:uuid:2'",
    "half a bracket, <urn:uuid:1",
    "the other half, urn:uuid:1>",
    "brackets alone, <>",
    "relative, </a/b>",
    "no scheme, <1234>",
    "two, <urn:a:1><urn:a:2>",
    "space inside, <urn:a: 1>",
    "parentheses around, (<urn:a:1>)",
  })
  void anythingElse_isBadRequest(String row, String header) {
    DavException error = assertThrows(DavException.class, () -> LockToken.parse(header));
    assertEquals(Status.BAD_REQUEST, error.status());
  }

  @Test
  void randomToken_isNewAndAnAbsoluteUri() {
    LockToken token = LockToken.random();
    assertNotEquals(token, LockToken.random());
    assertEquals(token, LockToken.parse(token.toString()));
  }
}
