package org.meantime.dav.property;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaTypesTest {
  private static final String UNKNOWN = "application/octet-stream";

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "none           | ``",
        "plain          | text/plain",
        "suffix         | application/vnd.api+json",
        "parameter      | text/html; charset=utf-8",
        "no space       | text/html;charset=utf-8",
        "much space     | text/html  ;  charset=utf-8",
        "quoted         | text/html; charset=\"utf-8\"",
        "quoted comma   | multipart/mixed; boundary=\"a,;b\"; x=y",
        "escaped quote  | text/plain; x=\"a\\\"b\"",
        "semicolon last | text/html;",
        "two semicolons | text/html;; charset=utf-8",
      })
  void mediaType_isKeptAsItIs(String row, String type) {
    assertEquals(type, MediaTypes.kept(type));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "carriage return | `text/plain\rX: y`",
        "line            | `text/plain\r\nX: y`",
        "tab             | `text/plain;\tx=y`",
        "NUL             | `text/plain\u0000`",
        "outside ASCII   | text/pläin",
        "quoted, outside | text/plain; name=\"ä\"",
        "no subtype      | text",
        "slash alone     | /",
        "two slashes     | text/plain/x",
        "space inside    | text/ plain",
        "half a quote    | text/plain; x=\"y",
        "after a quote   | text/plain; x=\"y\"z",
        "no value        | text/plain; x=",
        "no name         | text/plain; =x",
        "list            | text/plain, text/html",
        "escape at end   | `text/plain; x=\"\\`",
      })
  void anythingElse_isUnknown(String row, String type) {
    assertEquals(UNKNOWN, MediaTypes.kept(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "de          | de",
        "de, en-GB   | de, en-GB",
        "mi,en       | mi,en",
        "``          | ``",
        "de en       | ``",
        "`de\rX: y`  | ``",
        "dé          | ``",
      })
  void languages_areKeptOrForgotten(String given, String kept) {
    assertEquals(kept, MediaTypes.keptLanguages(given));
  }
}
